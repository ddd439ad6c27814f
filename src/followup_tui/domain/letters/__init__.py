"""Which letter fits, and the values and phrases that fill it."""
