"""Named sums over pairs of labels: the book's three, every one, and any other."""

import json
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.arrays import FloatArray
from catsel_core.errors import InputError
from catsel_core.statistics.contrasts import (
    Contrast,
    ContrastSummary,
    book_contrasts,
    every_contrast,
    pair_name,
    summarise,
)
from catsel_core.statistics.tiled_pairs import Span, label_pair_histograms, label_pair_moments, label_pairs_of
from tests.support.core_fixtures import naive_cosine, random_vectors

LABELS = ("a", "b", "a", "c", "b", "d", "a", "c", "b", "a")
BY_HAND = (
    Contrast("all", tuple((a, b) for a in "abcd" for b in "abcd")),
    Contrast("a with c or d, and b", (("c", "a"), ("a", "d"), ("b", "b"))),
    Contrast("twice the same", (("a", "b"), ("b", "a"), ("a", "b"))),
)


def summary(*contrasts: Contrast, labels: tuple[str, ...] = LABELS) -> tuple[ContrastSummary, ...]:
    vectors, label_pairs = random_vectors(2, len(labels), seed=5), label_pairs_of(labels)
    histogram = label_pair_histograms(vectors, label_pairs, Span(np.array([-0.3, -1.0]), np.array([0.4, 1.0]), 6))[0]
    return summarise(contrasts, label_pairs, label_pair_moments(vectors, label_pairs), histogram)


def naive_values(contrast: Contrast, vectors: FloatArray) -> list[float]:
    """(item, hidden) vectors to the cosines of the contrast's pairs of items."""
    wanted = {frozenset(pair) for pair in contrast.pairs}
    return [
        naive_cosine(vectors[i].tolist(), vectors[j].tolist())
        for i, j in combinations(range(len(LABELS)), 2)
        if {LABELS[i], LABELS[j]} in wanted
    ]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("a", {"within": ["aa"]}),
        ("ab", {"within": ["aa", "bb"], "a × b": ["ab"]}),
        ("abc", {"within": ["aa", "bb", "cc"], "a × b, c": ["ab", "ac"], "b × c": ["bc"]}),
        (
            "abcde",
            {
                "within": ["aa", "bb", "cc", "dd", "ee"],
                "a × b, c, d, e": ["ab", "ac", "ad", "ae"],
                "among b, c, d, e": ["bc", "bd", "be", "cd", "ce", "de"],
            },
        ),
    ],
)
def test_the_books_contrasts(labels: str, expected: dict[str, list[str]]) -> None:
    made = book_contrasts(tuple(labels))
    assert {one.name: ["".join(pair) for pair in one.pairs] for one in made} == expected


def test_every_contrast() -> None:
    made = every_contrast(("a", "b", "c"))
    assert [one.name for one in made] == ["within a", "within b", "within c", "a × b", "a × c", "b × c"]
    assert all(one.name == pair_name(*one.pairs[0]) and len(one.pairs) == 1 for one in made)


@pytest.mark.parametrize("contrast", [*book_contrasts("abcd"), *every_contrast("abc"), *BY_HAND])
def test_sums_equal_loops_over_all_pairs(contrast: Contrast) -> None:
    (made,) = summary(contrast)
    vectors = random_vectors(2, len(LABELS), seed=5)
    for layer in range(2):
        values = naive_values(contrast, vectors[layer])
        edges = made.edges[layer].tolist()
        counts = [sum(a <= value < b for value in values) for a, b in pairwise(edges)]
        assert made.n_pairs == len(values)
        assert made.mean[layer] == pytest.approx(sum(values) / len(values), abs=1e-6)
        assert made.counts[layer].tolist() == counts
        assert made.below[layer] == sum(value < edges[0] for value in values)
        assert made.above[layer] == sum(value > edges[-1] for value in values)


def test_probabilities_sum_to_the_share_inside_the_bins() -> None:
    for made in summary(*book_contrasts("abcd"), *BY_HAND):
        outside = (made.below + made.above) / made.n_pairs
        np.testing.assert_allclose(made.probability.sum(axis=1), 1 - outside)
        np.testing.assert_allclose(made.density * np.diff(made.edges, axis=1), made.probability)
        assert outside[1] == 0
    assert summary(BY_HAND[0])[0].below[0] > 0


def test_a_contrast_without_a_pair_of_items_is_left_out() -> None:
    made = summary(*every_contrast("abcd"), Contrast("nothing", ()))
    assert [one.contrast.name for one in made] == [
        name for name in (one.name for one in every_contrast("abcd")) if name != "within d"
    ]
    assert not any(np.isnan(one.mean).any() for one in made)


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(InputError, match="“mine” names “z”, but the words are a, b, c, d"):
        summary(Contrast("mine", (("a", "b"), ("a", "z"))))


def test_results_are_read_only() -> None:
    (made,) = summary(BY_HAND[0])
    assert not any(array.flags.writeable for array in (made.mean, made.edges, made.counts, made.below, made.above))


def test_the_books_numbers_of_pairs() -> None:
    golden: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "analyses" / "golden_book.json").read_text(encoding="utf-8")
    )
    labels = tuple(("years", "garage", "lawn")[number - 1] for _, number in golden["part4"]["target_idxs"])
    made = summary(*book_contrasts(tuple(dict.fromkeys(labels))), labels=labels)
    assert [one.n_pairs for one in made] == [golden["part5"][name]["n"] for name in ("within", "acros1", "acros2")]
