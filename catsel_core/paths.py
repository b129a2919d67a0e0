"""Where catsel keeps what it made: one cache folder, changeable by ``CATSEL_CACHE``."""

import os
from pathlib import Path

import platformdirs


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
