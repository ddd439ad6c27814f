"""The daily review line by line, for screen readers, slow lines and scripts."""
