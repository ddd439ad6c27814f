"""Letters: templates and the library that finds them, the proofreader, and delivery."""
