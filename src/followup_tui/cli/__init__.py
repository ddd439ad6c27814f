"""The command line: data goes to stdout, messages to stderr."""
