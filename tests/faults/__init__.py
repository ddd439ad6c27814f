"""Faults on purpose: kills, other writers, full disks, I/O errors, random keys; `run.py` runs them all."""
