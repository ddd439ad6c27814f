"""One thread at a time loads SQLAlchemy, SQLModel and Alembic."""

from __future__ import annotations

from threading import RLock

SQL_LOADING = RLock()
"""Held by each import of a module that needs them, outside of those modules themselves.

Their own modules import each other in circles: of two threads that enter a circle at different places, Python lets
one see a module that isn't complete yet, and its import fails.
"""
