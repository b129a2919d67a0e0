"""Real models in memory: what goes is really gone, what comes back computes the same, and two take turns."""

import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words, words_in
from catsel_core.hidden_states import packing
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.model_cache import ModelCache
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.turns import STAY_TURNS, Turns
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.models_in_memory import held
from tests.support.tiny import gpt2_folder, llama_folder, spec_of

pytestmark = pytest.mark.usefixtures("thawed")


WORDS = word_list(fruit="apple pear", space="moon star")


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
