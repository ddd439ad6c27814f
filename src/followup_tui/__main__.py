"""`python -m followup_tui` is `followup-tui`."""

from followup_tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
