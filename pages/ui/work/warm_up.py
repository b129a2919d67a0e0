"""The first visitor's model comes into memory shortly after the first page, so that no edit has to wait for it."""

import threading
from contextlib import suppress

from catsel_core.errors import CatselError
from catsel_core.hidden_states import model_cache
from catsel_core.models.spec import ModelSpec
from catsel_core.settings import current_settings

SECONDS = 3.0
"""After the page was made: by then a slow browser has painted it."""

_begun = threading.Event()
_lock = threading.Lock()


def begin(model: ModelSpec) -> None:
    """Load the model soon, if this is the first one that is asked for and the settings want it."""
    if _begun.is_set() or not current_settings().warm_up:
        return
    with _lock:
        if _begun.is_set():
            return
        _begun.set()
    timer = threading.Timer(SECONDS, _load_quietly, [model])
    timer.daemon = True
    timer.start()


def _load_quietly(model: ModelSpec) -> None:
    with suppress(CatselError):  # whoever needs the model will be told
        model_cache.load_if_empty(model)
