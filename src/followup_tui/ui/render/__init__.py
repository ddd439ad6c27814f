"""Rendering of values to rows of styled text."""
