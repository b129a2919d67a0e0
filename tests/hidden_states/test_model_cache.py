"""The shelf of models in memory: read once, room made first, what goes is really gone."""

import gc
import threading
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words, words_in
from catsel_core.errors import ModelError, SettingsError, TooLittleMemoryError
from catsel_core.hidden_states import model_cache as shelf
from catsel_core.hidden_states import packing
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.model_cache import Garbage, ModelCache, models_in_memory
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.turns import STAY_TURNS, Patient, Turns
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.tiny import gpt2_folder, llama_folder, spec_of

VARIABLE = "CATSEL_MODELS_IN_MEMORY"
WORDS = word_list(fruit="apple pear", space="moon star")


class Weights:
    """Stands for a model's weights, in a cycle as torch's modules are: counting references does not free it."""

    def __init__(self) -> None:
        self.itself = self


class Reader:
    """Makes empty models; ``order`` is what was read and, before it, which of the former weights still existed."""

    def __init__(self) -> None:
        self.order: list[tuple[str, tuple[str, ...]]] = []
        self.weights: dict[str, weakref.ref[Weights]] = {}
        self.pause = 0.0
        self.fails: set[str] = set()
        self.most = 100
        """Models that fit into memory."""

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.order]

    def alive(self) -> tuple[str, ...]:
        return tuple(name for name, weights in self.weights.items() if weights() is not None)

    def __call__(self, model: ModelSpec) -> LoadedModel:
        time.sleep(self.pause)
        name = model.name if model.precision == "float32" else f"{model.name} {model.precision}"
        if name in self.fails:
            raise ModelError(f"{name} is damaged.")
        if len(self.alive()) >= self.most:
            raise TooLittleMemoryError(f"{name} needs more memory than is free.")
        self.order.append((name, self.alive()))
        base, rest = Weights(), cast(Any, SimpleNamespace())
        self.weights[name] = weakref.ref(base)
        return LoadedModel(base, rest, rest, "cpu", n_layers=1, width=1, dtype=None, packs=False, last_block=rest)


def spec(name: str) -> ModelSpec:
    return ModelSpec(name, "1", Path("/nowhere") / name, 1)


A, B, C = spec("a"), spec("b"), spec("c")
A_SHORT = replace(A, precision="bfloat16")


@pytest.fixture(autouse=True)
def thawed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The usual number of models; and nothing stays hidden from the collector of later tests."""
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    gc.unfreeze()


@pytest.fixture
def reader() -> Reader:
    return Reader()


def held(made: ModelCache) -> int:
    return len(made.names())


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
        assert set(pool.map(load, range(15))) == {"right"}
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


def test_precisions_of_a_model_count_as_one_and_go_together(reader: Reader) -> None:
    made = ModelCache(reader)
    pair = [made.load(each) for each in (A_SHORT, A)]
    assert [made.load(each) for each in (A_SHORT, A)] == pair
    assert (reader.names, held(made)) == (["a bfloat16", "a"], 1)
    del pair
    made.load(B)
    assert reader.order[-1] == ("b", ())
    made.load(A)
    assert reader.order[-1] == ("a", ())


def test_precisions_of_a_model_count_as_one_where_two_may_stay(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2")
    made = ModelCache(reader)
    for each in (A, B, A_SHORT):
        made.load(each)
    assert (reader.alive(), held(made)) == (("a", "b", "a bfloat16"), 2)
    made.load(C)  # the model a was used last
    assert reader.order[-1] == ("c", ("a", "a bfloat16"))


def test_precisions_that_do_not_fit_together_take_turns(reader: Reader) -> None:
    reader.most = 1
    made = ModelCache(reader)
    for each in (A_SHORT, A, A_SHORT):
        made.load(each)
    assert reader.order == [("a bfloat16", ()), ("a", ()), ("a bfloat16", ())]
    reader.fails = {"a"}
    with pytest.raises(ModelError, match="a is damaged"):
        made.load(A)
    reader.fails = set()
    made.load(A)
    assert reader.alive() == ("a",)


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


def test_a_pass_in_either_precision_ends_before_the_model_goes(reader: Reader) -> None:
    for busy in (A, A_SHORT):
        made = ModelCache(reader)
        for each in (A, A_SHORT):
            made.load(each)
        lock = made.load(busy).lock
        with lock:
            other = threading.Thread(target=made.load, args=(B,))
            other.start()
            other.join(0.2)
            assert other.is_alive()
            assert reader.alive()[-1] != "b"
        other.join(10)
        assert reader.order[-1] == ("b", ())
        reader.weights.clear()


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
    lock = made.load(A).lock
    lock.acquire()
    try:
        other = threading.Thread(target=made.load, args=(B,))
        other.start()
        other.join(0.2)
        assert other.is_alive()
        assert reader.names == ["a"]
        assert reader.alive() == ("a",)
    finally:
        lock.release()
    other.join(10)
    assert not other.is_alive()
    assert reader.order == [("a", ()), ("b", ())]
    assert lock.acquire(blocking=False)


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


def test_a_reading_that_fails_leaves_the_shelf_usable(reader: Reader) -> None:
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


@pytest.fixture
def process_shelf(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> ModelCache:
    """This process's one shelf, empty and with the fake reader."""
    made = ModelCache(reader)
    monkeypatch.setattr(shelf, "_SHELF", made)
    return made


def test_an_empty_shelf_is_filled_ahead_and_a_full_one_left_alone(process_shelf: ModelCache, reader: Reader) -> None:
    shelf.load_if_empty(A)
    shelf.load_if_empty(A)
    shelf.load_if_empty(B)
    assert reader.names == ["a"]
    assert shelf.load(A) is process_shelf.load(A)
    shelf.load(B)
    assert reader.names == ["a", "b"]
    shelf.load_if_empty(A)
    assert reader.names == ["a", "b"]


def test_what_cannot_be_read_ahead_says_so(process_shelf: ModelCache, reader: Reader) -> None:
    reader.fails = {"a"}
    with pytest.raises(ModelError, match="a is damaged"):
        shelf.load_if_empty(A)
    assert process_shelf.names() == ()
    shelf.load_if_empty(B)
    assert held(process_shelf) == 1


def test_real_models_give_their_memory_back(tmp_path: Path) -> None:
    first, second = spec_of(gpt2_folder()), spec_of(llama_folder())
    seen: list[tuple[str, bool]] = []
    base: weakref.ref[Any] | None = None

    def read(model: ModelSpec) -> LoadedModel:
        seen.append((model.name, base is not None and base() is not None))
        return load_model(model)

    made = ModelCache(read)
    analyse_words(WordRequest(WORDS, model=str(gpt2_folder())), FolderStore(tmp_path), made.load)
    base = weakref.ref(made.load(first).base)
    weight = weakref.ref(next(made.load(first).base.parameters()))
    head = weakref.ref(made.load(first).head)
    assert [each() is not None for each in (base, weight, head)] == [True] * 3
    analyse_words(WordRequest(WORDS, model=str(llama_folder())), FolderStore(tmp_path), made.load)
    assert seen == [("tiny-gpt2", False), ("tiny-llama", False)]
    assert [each() for each in (base, weight, head)] == [None] * 3
    assert made.load(second).n_layers == 4


def test_a_model_that_comes_back_computes_the_same(tmp_path: Path) -> None:
    made = ModelCache()
    found = [
        analyse_words(WordRequest(WORDS, model=str(folder)), FolderStore(tmp_path / str(at)), made.load)
        for at, folder in enumerate((gpt2_folder(), llama_folder(), gpt2_folder()))
    ]
    assert (found[0].similarity == found[2].similarity).all()
    assert held(made) == 1


def test_both_precisions_of_a_real_model_stay_together(tmp_path: Path) -> None:
    """Float32 is read for the deviation; the next analysis needs both again."""
    read: list[str] = []

    def reading(model: ModelSpec) -> LoadedModel:
        read.append(model.precision)
        return load_model(model)

    made = ModelCache(reading)
    for template in ("The {word}", "A {word}", "One {word}"):
        request = WordRequest(WORDS, template, model=str(llama_folder()), precision="bfloat16")
        assert analyse_words(request, FolderStore(tmp_path), made.load).deviation is not None
    assert read == ["bfloat16", "float32"]
    assert held(made) == 1


def test_threads_that_analyse_with_two_models_come_to_an_end(tmp_path: Path) -> None:
    made = ModelCache()
    folders = [gpt2_folder(), llama_folder()] * 4

    def analyse(at: int) -> float:
        request = WordRequest(WORDS, f"The word number {at} is {{word}}", model=str(folders[at]))
        return float(analyse_words(request, FolderStore(tmp_path / "shared"), made.load).similarity.sum())

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(analyse, range(8), timeout=120))
    alone = [analyse(at) for at in range(8)]
    assert together == alone
    assert held(made) == 1


def test_two_runs_with_two_models_read_weights_seldom_and_never_hold_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunk by chunk in turns, the weights would be read for every chunk."""
    monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 24)
    monkeypatch.setattr(packing, "PACK_TOKENS", 12)
    read: list[str] = []
    models: list[weakref.ref[Any]] = []
    both: list[bool] = []

    def reading(model: ModelSpec) -> LoadedModel:
        both.append(any(each() is not None for each in models))
        loaded = load_model(model)
        read.append(model.name)
        models.append(weakref.ref(loaded.base))
        return loaded

    made, turns, together = ModelCache(reading), Turns(lambda: 1), threading.Barrier(2)
    words = word_list(a=" ".join(f"moon{at}" for at in range(12)), b=" ".join(f"star{at}" for at in range(12)))
    chunks: list[int] = []

    def analyse(folder: Path) -> None:
        done: list[int] = []
        run = Run(FolderStore(tmp_path), made.load, lambda at, _: done.append(at), turns=turns)
        together.wait(20)
        words_in(WordRequest(words, "The very long prompt before {word}", model=str(folder)), run)
        chunks.append(len(done))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(analyse, (gpt2_folder(), llama_folder())))
    assert min(chunks) > 2 * STAY_TURNS
    assert both == [False] * len(read)
    assert len(read) <= sum(-(-count // STAY_TURNS) for count in chunks) + 1


def test_the_shelf_is_filled_ahead_in_a_turn(process_shelf: ModelCache, reader: Reader) -> None:
    """A run that has the model is not disturbed: two would be in memory."""
    ahead = threading.Thread(target=shelf.load_if_empty, args=(A,))
    with shelf.TURNS.line(B, Patient()) as line, line.turn():
        ahead.start()
        ahead.join(0.2)
        assert ahead.is_alive()
        assert reader.names == []
        shelf.load(B)
    ahead.join(20)
    assert reader.names == ["b"]


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
