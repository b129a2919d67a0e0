"""Switches that the one who runs catsel sets as environment variables."""

import os


def is_on(variable: str) -> bool:
    """Whether the variable is set to 1, true, yes or on."""
    return os.environ.get(variable, "").strip().lower() in {"1", "true", "yes", "on"}
