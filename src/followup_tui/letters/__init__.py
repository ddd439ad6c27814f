"""Letters: the templates and the shelf that finds them, the proofreader, and the ways out."""
