"""Programs that tests start, and kill while they write."""
