"""Parsers for what people type: dates, times, one-line entries."""
