"""What is kept in memory: bounded by bytes, built once, and counted with all that hangs on it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from catsel_core.arrays import n_bytes
from pages.ui.work.cache import ByteBoundedCache


def cache(most: int) -> ByteBoundedCache[str]:
    """Of texts with one letter a byte, whose keys are numbers and weigh little."""
    return ByteBoundedCache(lambda: most * 1000, lambda text: len(text) * 1000)


def test_the_least_recently_used_goes_first() -> None:
    kept = cache(10)
    for number in range(3):
        kept.put(number, "abc")
    assert kept.get(0) == "abc"
    kept.put(3, "abc")
    assert [kept.get(number) for number in range(4)] == ["abc", None, "abc", "abc"]
    assert kept.n_bytes <= kept.max_bytes()
    kept.clear()
    assert (len(kept), kept.n_bytes, kept.get(0)) == (0, 0, None)


def test_what_is_larger_than_all_is_not_kept_and_drives_nothing_out() -> None:
    kept = cache(10)
    kept.put("a", "abc")
    kept.put("b", "x" * 11)
    assert (kept.get("a"), kept.get("b")) == ("abc", None)


def test_a_smaller_bound_counts_from_the_next_value_on() -> None:
    bound = [10_000]
    kept: ByteBoundedCache[str] = ByteBoundedCache(lambda: bound[0], lambda text: len(text) * 1000)
    for number in range(3):
        kept.put(number, "abc")
    bound[0] = 5_000
    kept.put(3, "abc")
    assert [kept.get(number) is not None for number in range(4)] == [False, False, False, True]


def test_a_key_counts_with_all_that_it_holds() -> None:
    kept = cache(10)
    kept.put(("request", "a whole text " * 2000), "abc")
    assert (len(kept), kept.n_bytes) == (0, 0)


def test_eight_who_ask_at_once_cause_one_building() -> None:
    kept, together, built = cache(10), threading.Barrier(8), []

    def build() -> str:
        built.append(1)
        return "abc"

    def ask(_: int) -> str:
        together.wait(20)
        return kept.get_or_build("a", build)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"abc"}
    assert built == [1]


def test_a_failure_is_not_kept() -> None:
    kept = cache(10)

    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept.get_or_build("a", fail)
    assert kept.get_or_build("a", lambda: "abc") == "abc"


@dataclass(frozen=True)
class Inner:
    values: NDArray[np.float64]
    text: str


@dataclass(frozen=True)
class Outer:
    inner: Inner
    parts: tuple[Inner, ...]
    named: dict[str, NDArray[np.float64]]


def test_bytes_of_records_are_those_of_their_arrays_and_texts_each_once() -> None:
    values, other = np.zeros(10_000), np.zeros(5_000)
    text = "é" * 3000
    inner = Inner(values, text)
    whole = Outer(inner, (inner, Inner(values[::2], text)), {"a": other, "b": values[:10]})
    expected = 8 * 15_000 + 2 * 3000
    assert expected - 3000 <= n_bytes(whole) <= expected + 3000
    assert n_bytes(np.zeros((10, 10))[0]) == 800  # a row keeps all of them
