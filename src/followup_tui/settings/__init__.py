"""The user's settings: one TOML file; each mistake in it is reported by key and line."""

from followup_tui.settings.schema import Settings, load_settings
from followup_tui.settings.toml_file import Problem

__all__ = ["Problem", "Settings", "load_settings"]
