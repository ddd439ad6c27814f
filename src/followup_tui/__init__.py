"""followup-tui: good follow-up after job interviews, from the terminal."""

__version__ = "0.6.0"
