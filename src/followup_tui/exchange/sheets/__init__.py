"""Imports of sheets: read, understand their words, and find the application of each row."""
