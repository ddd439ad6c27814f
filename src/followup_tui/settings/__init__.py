"""The user's settings: one TOML file, each setting with its sentence, each mistake told by key and line."""

from followup_tui.settings.files import Problem
from followup_tui.settings.reading import load_settings
from followup_tui.settings.values import Settings, example_settings

__all__ = ["Problem", "Settings", "example_settings", "load_settings"]
