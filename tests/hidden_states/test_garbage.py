"""What the collector of garbage need not look through, and what it still finds."""

import gc
import threading
import weakref

import pytest

from catsel_core.hidden_states.model_cache import Garbage
from tests.support.models_in_memory import Weights

pytestmark = pytest.mark.usefixtures("thawed")


def test_what_was_alive_at_loading_is_collected_when_it_has_died() -> None:
    """Sessions of visitors hang together in cycles: counting references does not free them."""
    garbage = Garbage(seconds=1000)
    session = Weights()
    alive = weakref.ref(session)
    garbage.freeze()
    assert gc.get_freeze_count() > 0
    del session
    gc.collect()
    assert alive() is not None  # out of the collector's sight
    garbage.freeze()
    assert alive() is None
    assert gc.get_freeze_count() > 0


def test_what_is_frozen_is_looked_through_again_and_again() -> None:
    times: list[int] = []
    enough = threading.Event()

    class Counting(Garbage):
        def freeze(self) -> None:
            times.append(1)
            if len(times) == 3:
                enough.set()
                self._seconds = 1000
            super().freeze()

    garbage = Counting(seconds=0.01)
    garbage.freeze()
    assert enough.wait(20)
