"""Where catsel keeps what it made, and what the one who runs it sets as environment variables."""

import os
from pathlib import Path

import platformdirs


def is_on(variable: str) -> bool:
    """Whether the variable is set to 1, true, yes or on."""
    return os.environ.get(variable, "").strip().lower() in {"1", "true", "yes", "on"}


def cache_dir() -> Path:
    """The cache folder (not created): ``$CATSEL_CACHE`` or the platform's own place for caches."""
    chosen = os.environ.get("CATSEL_CACHE")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_cache_dir("catsel", False))


def models_dir() -> Path:
    """Folder of prepared models, one folder a model."""
    return cache_dir() / "models"


def results_dir() -> Path:
    """Folder of stored results, one file a result."""
    return cache_dir() / "results"


def texts_dir() -> Path:
    """Folder of fetched books, one file a book."""
    return cache_dir() / "texts"
