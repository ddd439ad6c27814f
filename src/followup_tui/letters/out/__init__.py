"""The ways out of a letter: a mail program, a file, paper, and the user's own mail account."""
