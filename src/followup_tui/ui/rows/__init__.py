"""What stands in each line of a screen, as text and the names of its looks: neither Textual nor Rich."""
