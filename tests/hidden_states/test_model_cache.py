"""The cache of models in memory: read once, room made first, what goes is really gone."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catsel_core.errors import ModelError, SettingsError
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.model_cache import ModelCache, models_in_memory
from catsel_core.hidden_states.turns import Patient
from tests.support.models_in_memory import VARIABLE, A, B, C, Reader, held, spec

pytestmark = pytest.mark.usefixtures("thawed")


def test_a_model_is_read_once(reader: Reader) -> None:
    made = ModelCache(reader)
    assert made.names() == ()
    assert made.load(A) is made.load(spec("a"))
    assert reader.names == ["a"]
    assert held(made) == 1


def test_threads_that_want_the_same_model_share_one_reading(reader: Reader) -> None:
    reader.pause = 0.1
    made = ModelCache(reader)
    together = threading.Barrier(8)

    def load(_: int) -> LoadedModel:
        together.wait(10)
        return made.load(A)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(load, range(8)))
    assert reader.names == ["a"]
    assert {id(each) for each in found} == {id(made.load(A))}


def test_threads_that_want_different_models_never_hold_more_than_may_be(reader: Reader) -> None:
    made = ModelCache(reader)

    def load(at: int) -> str:
        wanted = (A, B, C)[at % 3]
        return "right" if made.load(wanted).base is not None and held(made) == 1 else "wrong"

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(load, range(9))) == {"right"}
    assert held(made) == 1


@pytest.mark.parametrize("changes", [{"revision": "2"}, {"device": "cuda"}, {"folder": Path("/elsewhere")}])
def test_what_runs_otherwise_is_another_model(changes: dict[str, Any], reader: Reader) -> None:
    made = ModelCache(reader)
    first = made.load(A)
    assert made.load(replace(A, **changes)) is not first
    assert reader.names == ["a", "a"]
    assert held(made) == 1


def test_a_second_model_drives_the_first_out_before_it_is_read(reader: Reader) -> None:
    made = ModelCache(reader)
    for each in (A, B, C, A):
        made.load(each)
    assert reader.order == [("a", ()), ("b", ()), ("c", ()), ("a", ())]
    assert reader.alive() == ("a",)


def test_what_someone_still_holds_stays_with_them(reader: Reader) -> None:
    made = ModelCache(reader)
    mine = made.load(A)
    made.load(B)
    assert reader.alive() == ("a", "b")
    assert mine.base is reader.weights["a"]()
    assert made.load(A) is not mine


def test_frozen_models_are_collected_all_the_same(reader: Reader) -> None:
    made = ModelCache(reader)
    made.load(A)
    assert gc.get_freeze_count() > 0
    gc.collect()
    assert reader.alive() == ("a",)
    made.load(B)
    assert reader.alive() == ("b",)
    assert gc.get_freeze_count() > 0


def test_two_stay_where_two_may_and_the_least_recently_used_goes(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "2")
    made = ModelCache(reader)
    for each in (A, B, A, B, A):
        made.load(each)
    assert reader.names == ["a", "b"]
    assert made.names()[-1] == made.names()[1] != made.names()[0]
    made.load(C)  # b was used longest ago
    assert reader.order[-1] == ("c", ("a",))
    made.load(A)
    assert reader.names == ["a", "b", "c"]
    made.load(B)  # and now c
    assert reader.order[-1] == ("b", ("a",))
    assert reader.alive() == ("a", "b")


def test_another_model_is_not_driven_out_twice_for_one_that_cannot_be_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "2")
    reader.fails = {"b"}
    made = ModelCache(reader)
    made.load(A)
    with pytest.raises(ModelError, match="b is damaged"):
        made.load(B)
    assert reader.alive() == ("a",)
    assert held(made) == 1


def test_fewer_from_now_on_drives_out_several(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "3")
    made = ModelCache(reader)
    for each in (A, B):
        made.load(each)
    assert reader.alive() == ("a", "b")
    monkeypatch.setenv(VARIABLE, "1")
    made.load(B)
    assert held(made) == 2  # nothing is read: nothing has to go
    made.load(C)
    assert reader.order[-1] == ("c", ())
    assert held(made) == 1


def test_a_pass_under_way_ends_before_its_model_goes(reader: Reader) -> None:
    made = ModelCache(reader)
    passes = made.load(A).passes
    with passes.one():
        other = threading.Thread(target=made.load, args=(B,))
        other.start()
        with passes.one():  # another one that ends sooner
            other.join(0.2)
        other.join(0.2)
        assert other.is_alive()
        assert reader.names == ["a"]
        assert reader.alive() == ("a",)
    other.join(10)
    assert not other.is_alive()
    assert reader.order == [("a", ()), ("b", ())]
    assert not passes.under_way


@pytest.mark.parametrize("chosen", ["0", "-1", "1.5", "two", " ", "²", "٣", "1 2", "+1"])
def test_a_number_of_models_that_is_none(chosen: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModelCache(reader)
    monkeypatch.setenv(VARIABLE, chosen)
    with pytest.raises(SettingsError) as caught:
        made.load(A)
    assert str(caught.value) == f"CATSEL_MODELS_IN_MEMORY must be a whole number from 1; it is “{chosen}”."
    assert (reader.names, made.names()) == ([], ())
    monkeypatch.setenv(VARIABLE, "1")
    made.load(A)
    assert held(made) == 1


@pytest.mark.parametrize(("chosen", "expected"), [(None, 1), ("", 1), ("1", 1), ("2", 2), ("007", 7), ("100", 100)])
def test_numbers_of_models(chosen: str | None, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if chosen is not None:
        monkeypatch.setenv(VARIABLE, chosen)
    assert models_in_memory() == expected


def test_a_reading_that_fails_leaves_the_cache_usable(reader: Reader) -> None:
    made = ModelCache(reader)
    made.load(A)
    reader.fails = {"b"}
    for _ in range(2):
        with pytest.raises(ModelError, match="b is damaged"):
            made.load(B)
    assert made.names() == ()  # room had been made
    made.load(A)
    assert reader.order == [("a", ()), ("a", ())]
    reader.fails = set()
    made.load(B)
    assert reader.alive() == ("b",)


def test_a_reading_that_fails_in_one_thread_fails_in_that_one_only(reader: Reader) -> None:
    reader.pause = 0.1
    reader.fails = {"b"}
    made = ModelCache(reader)
    with ThreadPoolExecutor(2) as pool:
        failing, working = pool.submit(made.load, B), pool.submit(made.load, A)
        assert isinstance(failing.exception(10), ModelError)
        assert working.result(10) is made.load(A)


def test_an_empty_cache_is_filled_ahead_and_a_full_one_left_alone(process_cache: ModelCache, reader: Reader) -> None:
    model_cache.load_if_empty(A)
    model_cache.load_if_empty(A)
    model_cache.load_if_empty(B)
    assert reader.names == ["a"]
    assert model_cache.load(A) is process_cache.load(A)
    model_cache.load(B)
    assert reader.names == ["a", "b"]
    model_cache.load_if_empty(A)
    assert reader.names == ["a", "b"]


def test_what_cannot_be_read_ahead_says_so(process_cache: ModelCache, reader: Reader) -> None:
    reader.fails = {"a"}
    with pytest.raises(ModelError, match="a is damaged"):
        model_cache.load_if_empty(A)
    assert process_cache.names() == ()
    model_cache.load_if_empty(B)
    assert held(process_cache) == 1


def test_the_cache_is_filled_ahead_in_a_turn(process_cache: ModelCache, reader: Reader) -> None:
    """A run that has the model is not disturbed: two would be in memory."""
    ahead = threading.Thread(target=model_cache.load_if_empty, args=(A,))
    with model_cache.TURNS.line(B, Patient()) as line, line.turn():
        ahead.start()
        ahead.join(0.2)
        assert ahead.is_alive()
        assert reader.names == []
        model_cache.load(B)
    ahead.join(20)
    assert reader.names == ["b"]
