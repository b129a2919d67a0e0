"""Speaking another language for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from catsel_core.language import USUAL, speak


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language meanwhile."""
    speak(language)
    try:
        yield
    finally:
        speak(USUAL)
