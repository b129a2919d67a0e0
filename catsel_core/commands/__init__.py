"""The command line, one file a command: each says which options it has and what it writes."""
