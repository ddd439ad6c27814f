"""The board in a browser: a small server, and a process of its own behind each window."""
