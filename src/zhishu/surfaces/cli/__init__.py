"""The command line: data to stdout, messages to stderr; exit 0 fine, 1 problems found, 2 misuse."""
