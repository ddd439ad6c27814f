"""The proofreader: our own checks, and Harper's spelling and grammar in a worker process."""
