"""Chunks on their way through the model, held up one by one by a test."""

import threading

import pytest

from catsel_core.hidden_states import stored_activations as stored
from catsel_core.hidden_states.extraction import Extract, extract
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import InputSet

SECONDS = 60
"""Longest wait for anything: longer only means that a test fails later."""


class Gate:
    """Every chunk that reaches the model is written down in ``seen`` and goes on when the test lets it.

    seen: the first prompt of every chunk, in order.
    free: how prompts begin whose chunks are not held up.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        self.free: tuple[str, ...] = ()
        self._came, self._may_go = threading.Semaphore(0), threading.Semaphore(0)
        self._open = threading.Event()
        patch.setattr(stored, "extract", self._extract)

    def _extract(self, inputs: InputSet, model: LoadedModel, shared: int | None) -> Extract:
        first = inputs.items[0].text
        self.seen.append(first)
        self._came.release()
        if not self._open.is_set() and not first.startswith(self.free):
            assert self._may_go.acquire(timeout=SECONDS)
        return extract(inputs, model, shared)

    def wait_for_chunk(self) -> None:
        """Until one more chunk is at the model."""
        assert self._came.acquire(timeout=SECONDS)

    def let_one_go(self) -> None:
        """One chunk passes."""
        self._may_go.release()

    def close(self) -> None:
        """Forget what was seen, and hold up everything from now on."""
        self.seen.clear()
        self._came, self._may_go = threading.Semaphore(0), threading.Semaphore(0)
        self._open.clear()

    def open(self) -> None:
        """Nothing is held up from now on."""
        self._open.set()
        self._may_go.release(1000)
