"""One screen each: a .py and, where it has a look of its own, the .tcss beside it."""
