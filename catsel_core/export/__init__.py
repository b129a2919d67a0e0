"""Finished analyses as files."""
