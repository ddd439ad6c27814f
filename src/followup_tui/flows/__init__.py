"""The questions of each action, written once for the screen and for line mode; no Textual here."""
