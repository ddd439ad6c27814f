"""Tests of the database: reading, writing, upgrading, and what happens when the disk or a process fails."""
