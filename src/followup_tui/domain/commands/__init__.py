"""The commands: each returns the change it makes to an application."""
