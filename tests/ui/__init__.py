"""The screen, driven as a person drives it."""
