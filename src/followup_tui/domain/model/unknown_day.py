"""The words for what was imported without its day."""

DATE_NOT_GIVEN = "The sheet didn't tell the day."
"""The note on a thank-you whose day is that of the import, and what is said of such an offer."""
