"""Dialogs, and the runner that shows a flow's questions as dialogs."""
