"""The notebook's way in a process of its own, where nothing is set up as catsel sets it up for its passes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from typing import Literal

from benchmarks import work

Work = Literal["words", "contexts"]


@contextmanager
def notebook(what: Work) -> Iterator[Callable[[], None]]:
    """A call that does the work once over there and returns when it is done; the first one also loads the model."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        yield lambda: process.submit(_run, what).result()


def _run(what: Work) -> None:
    _loaded(what)()


@cache
def _loaded(what: Work) -> Callable[[], object]:
    causal = work.causal_model()
    ways = work.word_ways(work.words()) if what == "words" else work.context_ways(work.contexts())
    return lambda: ways.notebook(causal)
