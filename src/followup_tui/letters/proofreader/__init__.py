"""The proofreader: our own checks, and Harper's spelling and grammar from a process beside this one."""
