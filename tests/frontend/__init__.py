"""The viewer's scripts, tested one by one in an empty page: no server, no model."""
