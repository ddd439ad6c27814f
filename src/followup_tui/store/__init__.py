"""The database: queries that import quickly, and a writer through SQLModel, imported before the first write."""
