"""Delivery of letters: mail program, file, printed page, and the user's mail account."""
