"""The mark of what was imported without its day: light to load, as the prompt's basket asks for it, too."""

DATE_NOT_GIVEN = "The sheet didn't tell the day."
"""The note on an imported offer or thank-you whose day is that of the import."""
