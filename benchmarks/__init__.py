"""Measurements, each run by hand and printing what it found."""
