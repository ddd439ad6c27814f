"""The verbs: given an id, find, ask the domain, commit, and return what to show."""
