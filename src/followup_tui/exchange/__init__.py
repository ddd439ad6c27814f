"""Ways in and out: one file per format, and the list of them."""
