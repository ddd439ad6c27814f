"""Build the wheel and the source archive, install the wheel in a clean place, and use it there.

    .venv/bin/python tests/check_packages.py        (needs `build`; pipx and uv are tried where they are there)

Ends with 0 if all of it works; otherwise the first thing that doesn't is said.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
OUTSIDE_THE_WHEEL = (
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "pyproject.toml",
    "docs/index.md",
    "tests/conftest.py",
)
STARTED = time.monotonic()


class Failed(Exception):
    """What doesn't work, as a sentence."""


def say(text: str) -> None:
    """A line of the report, with the seconds so far."""
    print(f"{time.monotonic() - STARTED:5.0f} s  {text}", flush=True)


def run(*command: str | Path, home: Path | None = None, codes: tuple[int, ...] = (0,)) -> str:
    """What a command says, from a folder where nothing of the source lies; `Failed` unless it ends as expected."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOLLOWUP_", "PYTHON"))
    }
    if home is not None:
        kept = {
            name: value for name, value in environment.items() if not name.startswith(("XDG_", "PIPX_", "UV_TOOL"))
        }
        cache = os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv")
        environment = {**kept, "HOME": str(home), "UV_CACHE_DIR": cache}
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=home or ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    if ran.returncode not in codes:
        raise Failed(f"{shlex.join(map(str, command))} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def build(folder: Path) -> Path:
    """Build both, the wheel from the source archive, and see that nothing is missing in them; the wheel."""
    run(sys.executable, "-m", "build", "--outdir", folder)
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    files = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*") if path.is_file()}
    files = {name for name in files if "__pycache__" not in name}
    with zipfile.ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if ".dist-info/" not in name}
    if packed != files:
        raise Failed(f"The wheel lacks {sorted(files - packed)}, and should not have {sorted(packed - files)}.")
    with tarfile.open(archive) as opened_archive:
        archived = {name.partition("/")[2] for name in opened_archive.getnames()}
    if missing := [name for name in OUTSIDE_THE_WHEEL if name not in archived]:
        raise Failed(f"The source archive lacks {missing}.")
    say(f"built {wheel.name} with {len(packed)} files, and {archive.name}")
    return wheel


def use(command: Path, home: Path) -> None:
    """A first look at an installed program."""
    version = run(sys.executable, "-c", "import followup_tui; print(followup_tui.__version__)").strip()
    home.mkdir(exist_ok=True)
    if run(command, "--version", home=home).strip() != f"followup-tui {version}":
        raise Failed(f"{command} is another version than {version}.")
    run(command, "due", home=home)
    run(command, "add", "Acme", "Developer", "--interview", "yesterday 10:00, with Dana Ruiz", home=home)
    if "Dana Ruiz" not in run(command, "due", home=home, codes=(3,)):
        raise Failed("`due` doesn't ask for the thank-you.")
    run(command, "letter", "acme", "--set", "my_name=Alex Kim", home=home)
    (home / "letter.txt").write_text("I look forward to hear from you.\n", encoding="utf-8")
    if "hearing" not in run(command, "proof", "letter.txt", home=home, codes=(3,)):
        raise Failed("`proof` doesn't find the mistake.")
    run(command, "export", "-o", "acme.xlsx", home=home)
    run(command, "import", "acme.xlsx", "--dry-run", home=home)
    run(
        sys.executable,
        ROOT / "tests" / "drive_first_minute.py",
        f"{shlex.quote(str(command))} demo",
        "60",
        home=home,
    )
    say(f"{command.name} answers --version, add, due, letter, proof, export and import, and opens the demo")


def install_with_pip(wheel: Path, folder: Path) -> None:
    """Into a clean environment."""
    run(sys.executable, "-m", "venv", folder / "clean")
    run(folder / "clean" / "bin" / "pip", "install", "-q", "--disable-pip-version-check", wheel)
    say("installed it in a clean environment")
    use(folder / "clean" / "bin" / "followup-tui", folder / "home-pip")


def install_with_tools(wheel: Path, folder: Path) -> None:
    """With pipx and uv, as docs/install.md says: install, update, use, remove."""
    pairs = {
        "pipx": (["install", wheel], ["install", "--force", wheel], ["uninstall", "followup-tui"]),
        "uv": (
            ["tool", "install", "--python", sys.executable, wheel],
            ["tool", "install", "--python", sys.executable, "--force", "--reinstall", wheel],
            ["tool", "uninstall", "followup-tui"],
        ),
    }
    for tool, commands in pairs.items():
        found = shutil.which(tool)
        if found is None:
            say(f"{tool} isn't here, so it isn't tried")
            continue
        home = folder / f"home-{tool}"
        home.mkdir()
        *installs, removal = commands
        for arguments in installs:
            run(found, *arguments, home=home)
            run(home / ".local" / "bin" / "followup-tui", "--version", home=home)
        run(found, *removal, home=home)
        if (home / ".local" / "bin" / "followup-tui").exists():
            raise Failed(f"{tool} left followup-tui behind.")
        say(f"{tool} installed it, updated it and removed it")
    if uvx := shutil.which("uvx"):
        home = folder / "home-uv"
        run(uvx, "--python", sys.executable, "--from", wheel, "followup-tui", "--version", home=home)
        say("uvx ran it")


def main() -> int:
    """Do it all; the exit code."""
    with tempfile.TemporaryDirectory(prefix="followup-packages-") as name:
        folder = Path(name)
        try:
            wheel = build(folder / "dist")
            install_with_pip(wheel, folder)
            install_with_tools(wheel, folder)
        except Failed as failure:
            print(f"the packages failed: {failure}")
            return 1
    say("the packages are fine")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
