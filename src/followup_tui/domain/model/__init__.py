"""The values: frozen dataclasses for applications and everything that belongs to them."""
