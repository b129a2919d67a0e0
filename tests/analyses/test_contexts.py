"""A contexts analysis as a whole: against plain forward passes and loops, its requests, and its JSON."""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses import contexts, derived
from catsel_core.analyses.contexts import (
    BOOK_BINS,
    DATA_BINS,
    LAYER_BINS,
    MOST_SHOWN,
    Bins,
    ContextAnalysis,
    ContextRequest,
    analyse_contexts,
    checked_bins,
    layer_contrasts,
    layer_histogram,
    shown_items,
    tornado_contrasts,
    tornado_histogram,
)
from catsel_core.arrays import FloatArray
from catsel_core.errors import InputError, UndefinedError
from catsel_core.export.results import contexts_json
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.texts import Text, pasted_text
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.spec import ModelSpec
from catsel_core.statistics.contrasts import Contrast, book_contrasts, every_contrast
from catsel_core.statistics.tiled_pairs import label_pairs_of
from catsel_core.store import FolderStore, Store
from tests.hidden_states.test_extraction import plain_forward, pooled
from tests.support.bundled import bundled_model, load_bundled
from tests.support.core_fixtures import naive_cosine
from tests.support.tiny import SINGLE, gpt2_folder, llama_folder, loaded

STORY = " ".join(random.Random(2).choices([*SINGLE, "asteroid", "the"], k=200))
TARGETS = ("apple", "asteroid", "moon")
BASE = ContextRequest(pasted_text(STORY), TARGETS, WindowChoice(10, 6), "mean")


def request(**changes: Any) -> ContextRequest:
    return replace(BASE, **{"model": str(llama_folder()), **changes})


def load(model: ModelSpec) -> LoadedModel:
    return loaded(model.folder)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def analysis(store: Store) -> ContextAnalysis:
    return analyse_contexts(request(), store, load)


def plain_vectors(analysis: ContextAnalysis, model: LoadedModel) -> FloatArray:
    """(layer, item, hidden) from one full forward pass a window."""
    vectors = [pooled(plain_forward(item, model)[0], item, analysis.inputs.pooling) for item in analysis.inputs.items]
    return np.stack(vectors, axis=1)


def naive_values(vectors: FloatArray, labels: tuple[str, ...], contrast: Contrast) -> list[list[float]]:
    """(layer, item, hidden) vectors to the contrast's cosines, layer by layer."""
    wanted = {frozenset(pair) for pair in contrast.pairs}
    chosen = [pair for pair in combinations(range(len(labels)), 2) if {labels[at] for at in pair} in wanted]
    return [[naive_cosine(layer[i].tolist(), layer[j].tolist()) for i, j in chosen] for layer in vectors]


@pytest.mark.parametrize("folder", [llama_folder, gpt2_folder])
def test_means_and_counts_equal_plain_passes_and_loops(folder: Callable[[], Path], store: Store) -> None:
    analysis = analyse_contexts(request(model=str(folder())), store, load)
    vectors, labels = plain_vectors(analysis, loaded(folder())), analysis.inputs.labels
    assert Counter(labels) == dict.fromkeys(TARGETS, 6)
    for compared in tornado_contrasts(analysis, every_contrast(TARGETS)):
        for layer, values in enumerate(naive_values(vectors, labels, compared.contrast)):
            assert compared.n_pairs == len(values)
            assert compared.mean[layer] == pytest.approx(sum(values) / len(values), abs=1e-4)
            for edge, below in zip(compared.edges[layer], np.cumsum([0, *compared.counts[layer]]), strict=True):
                assert sum(value < edge - 1e-5 for value in values) <= below <= sum(v < edge + 1e-5 for v in values)


def test_the_matrix_holds_the_cosines_of_the_items_that_are_shown(analysis: ContextAnalysis) -> None:
    vectors = plain_vectors(analysis, loaded(llama_folder()))
    assert analysis.shown == analysis.inputs.items
    for layer, matrix in enumerate(analysis.similarity):
        for i, j in combinations(range(len(analysis.shown)), 2):
            naive = naive_cosine(vectors[layer, i].tolist(), vectors[layer, j].tolist())
            assert matrix[i, j] == pytest.approx(naive, abs=1e-4)


def test_bins_are_the_same_at_all_layers_or_made_for_each(analysis: ContextAnalysis) -> None:
    low, high = analysis.moments.lowest, analysis.moments.highest
    edges, own = tornado_histogram(analysis).edges, layer_histogram(analysis).edges
    assert (edges == edges[0]).all()
    assert edges.shape == (4, 35)
    assert edges[0, [0, -1]].tolist() == [low.min(), high.max()]
    assert own.shape == (4, LAYER_BINS + 1)
    assert own[:, 0].tolist() == low.min(axis=1).tolist()
    assert own[:, -1].tolist() == high.max(axis=1).tolist()
    for counted in (tornado_contrasts, layer_contrasts):
        for compared in counted(analysis, book_contrasts(TARGETS)):
            assert compared.counts.sum(axis=1).tolist() == [compared.n_pairs] * 4


def test_chosen_bins_say_how_much_lies_outside(analysis: ContextAnalysis) -> None:
    histogram = tornado_histogram(analysis, BOOK_BINS)
    assert histogram.edges[0].tolist() == pytest.approx(np.linspace(0.4, 1, 35).tolist())
    inside = histogram.counts.sum(axis=2) + histogram.below + histogram.above
    assert inside.tolist() == [analysis.label_pairs.n_pairs.tolist()] * 4
    assert histogram.below.any()


def test_other_bins_are_another_view_of_the_same_analysis(analysis: ContextAnalysis) -> None:
    of_data, of_book = (tornado_contrasts(analysis, every_contrast(TARGETS), bins) for bins in (DATA_BINS, BOOK_BINS))
    for one, other in zip(of_data, of_book, strict=True):
        assert one.mean.tolist() == other.mean.tolist()
        assert one.edges.tolist() != other.edges.tolist()
    assert tornado_histogram(analysis, BOOK_BINS).counts is tornado_histogram(analysis, BOOK_BINS).counts


def test_what_is_derived_from_many_pairs_goes_through_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "LARGE", 1)
    store = FolderStore(tmp_path)
    first = analyse_contexts(request(), store, load)
    made = [tornado_histogram(first, bins).counts.tolist() for bins in (DATA_BINS, BOOK_BINS)]
    n_files = len(list(tmp_path.glob("*.npz")))

    def never(*_: object) -> None:
        raise AssertionError("made before")

    monkeypatch.setattr(contexts, "label_pair_histograms", never)
    monkeypatch.setattr(contexts, "label_pair_moments", never)
    again = analyse_contexts(request(), store, load)
    assert [tornado_histogram(again, bins).counts.tolist() for bins in (DATA_BINS, BOOK_BINS)] == made
    assert not tornado_histogram(again).counts.flags.writeable
    assert len(list(tmp_path.glob("*.npz"))) == n_files
    with pytest.raises(AssertionError, match="made before"):
        tornado_histogram(again, Bins(7))
    with pytest.raises(AssertionError, match="made before"):
        analyse_contexts(request(targets=TARGETS[::-1]), store, load)  # the same windows in another order


def test_equal_vectors_get_a_range_of_their_own(store: Store) -> None:
    made = analyse_contexts(request(targets=("apple",)), store, load)  # layer 0: one token, one vector
    assert made.moments.lowest[0].tolist() == pytest.approx([1])
    assert layer_histogram(made).edges[0, [0, -1]].tolist() == pytest.approx([0.999, 1.001])
    assert layer_histogram(made).counts[0].sum() == made.label_pairs.n_pairs.sum()


def test_one_occurrence_has_nothing_to_be_compared_with(store: Store) -> None:
    once = request(text=pasted_text(f"{STORY} zebra"), targets=("zebra",))
    with pytest.raises(UndefinedError, match="only one item"):
        analyse_contexts(once, store, load)
    two = analyse_contexts(replace(once, targets=("zebra", "apple")), store, load)
    assert [one.contrast.name for one in tornado_contrasts(two, every_contrast(("zebra", "apple")))] == [
        "within apple",
        "zebra × apple",
    ]


@pytest.mark.parametrize(
    "sizes",
    [
        {"a": 240},
        {"a": 241},
        {"a": 5000, "b": 2},
        {"a": 130, "b": 111},
        {"a": 300, "b": 200, "c": 1},
        dict.fromkeys("abcdefgh", 80),
    ],
)
def test_the_matrix_shows_an_even_choice_of_every_word(sizes: dict[str, int]) -> None:
    labels = [name for name, size in sizes.items() for _ in range(size)]
    chosen = shown_items(label_pairs_of(labels))
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= MOST_SHOWN
    assert {labels[item] for item in chosen} == set(sizes)
    if len(labels) <= MOST_SHOWN:
        assert chosen == list(range(len(labels)))
        return
    for name, size in sizes.items():
        members = [item for item in chosen if labels[item] == name]
        assert len(members) == min(size, MOST_SHOWN // len(sizes))
        assert (members[0], members[-1]) == (labels.index(name), labels.index(name) + size - 1)
        gaps = [b - a for a, b in pairwise(members)]
        assert not gaps or max(gaps) - min(gaps) <= 1


def test_a_large_analysis_shows_some_and_counts_all(store: Store) -> None:
    text = pasted_text(" ".join(random.Random(4).choices(["apple", "moon", "the"], k=500)))
    asked = request(text=text, targets=("apple", "moon"), windows=WindowChoice(5, None))
    analysis = analyse_contexts(asked, store, load)
    assert len(analysis.inputs.items) > MOST_SHOWN >= len(analysis.shown)
    assert analysis.similarity.shape == (4, len(analysis.shown), len(analysis.shown))
    assert analysis.label_pairs.n_pairs.sum() == len(analysis.inputs.items) * (len(analysis.inputs.items) - 1) // 2


@pytest.mark.parametrize("bins", [Bins(), BOOK_BINS, Bins(2), Bins(400), Bins(5, -1, 1)])
def test_bins_that_can_be_used(bins: Bins) -> None:
    assert checked_bins(bins) is bins


@pytest.mark.parametrize(
    ("bins", "clue"),
    [
        (Bins(1), "between 2 and 400; got 1"),
        (Bins(401), "between 2 and 400; got 401"),
        (Bins(34, 0.4), "needs both ends"),
        (Bins(34, None, 0.4), "needs both ends"),
        (Bins(34, 0.5, 0.5), "must rise within -1 and 1; got 0.5 to 0.5"),
        (Bins(34, 0.6, 0.5), "must rise"),
        (Bins(34, -1.1, 0.5), "must rise"),
        (Bins(34, 0, 1.01), "must rise"),
        (Bins(34, float("nan"), 1), "must rise"),
        (Bins(34, 0.5, 0.5000000000000001), "range of the bins"),
    ],
)
def test_bins_that_cannot_be_used_are_refused(bins: Bins, clue: str, analysis: ContextAnalysis) -> None:
    with pytest.raises(InputError, match=clue):
        tornado_contrasts(analysis, book_contrasts(TARGETS), bins)


def test_requests_are_equal_if_their_parts_are() -> None:
    same = ContextRequest(pasted_text(STORY), TARGETS, WindowChoice(10, 6), "mean", BUNDLED)
    assert same == BASE
    assert hash(same) == hash(BASE)
    forgotten = Text(same.text.name, same.text.origin, "", same.text.digest)  # the digest stands for the content
    assert replace(same, text=forgotten) == BASE
    changes = (
        replace(BASE, text=pasted_text(STORY + ".")),
        replace(BASE, targets=TARGETS[::-1]),
        replace(BASE, windows=WindowChoice(10, 6, seed=1)),
        replace(BASE, pooling="last"),
        replace(BASE, model="other"),
    )
    assert len({BASE, *changes}) == 6


def test_the_report_is_valid_json_and_agrees_with_the_analysis(analysis: ContextAnalysis) -> None:
    contrasts = book_contrasts(TARGETS)
    report = contexts_json(analysis, contrasts)
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert report["text"] == {"name": "Your text", "origin": "pasted", "sha256": BASE.text.digest}
    corpus = analysis.located.corpus
    assert (report["n_tokens"], report["n_unique"]) == (corpus.n_tokens, corpus.n_unique)
    assert (report["window"], report["max_per_target"], report["seed"], report["pooling"]) == (10, 6, 25, "mean")
    assert report["model"] == analysis.model.identity
    assert report["layers"] == ["Emb", "L0", "L1", "L2"]
    for target, found in zip(report["targets"], analysis.located.occurrences, strict=True):
        assert target["word"] == found.word
        assert (target["count"], len(target["used"])) == (len(target["positions"]), 6)
        assert target["used"] == [target["positions"][at] for at in found.used]
        assert "".join(target["pieces"]) == f" {found.word}"
        assert all(corpus.between(0, at + 1).endswith(found.word) for at in target["positions"])
    assert report["bin_edges"] == tornado_histogram(analysis).edges[0].tolist()
    for group, compared in zip(report["pair_groups"], tornado_contrasts(analysis, contrasts), strict=True):
        assert group["name"] == compared.contrast.name
        assert [tuple(pair) for pair in group["pairs"]] == list(compared.contrast.pairs)
        assert group["mean"] == compared.mean.tolist()
        totals = [sum(c) + b + a for c, b, a in zip(group["counts"], group["below"], group["above"], strict=True)]
        assert totals == [group["n_pairs"]] * 4


@pytest.mark.bundled
def test_the_bundled_model_on_the_builtin_text_equals_plain_passes(tmp_path: Path) -> None:
    asked = ContextRequest(builtin_text(), ("class", "function"), WindowChoice(most=6))
    analysis = analyse_contexts(asked, FolderStore(tmp_path), load_bundled)
    assert [len(item.token_ids) for item in analysis.inputs.items] == [51] * 12
    vectors = plain_vectors(analysis, bundled_model())
    for compared in tornado_contrasts(analysis, book_contrasts(asked.targets)):
        naive = [sum(v) / len(v) for v in naive_values(vectors, analysis.inputs.labels, compared.contrast)]
        assert compared.mean.tolist() == pytest.approx(naive, abs=1e-4)
