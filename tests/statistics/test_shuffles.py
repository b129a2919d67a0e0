"""Δ of shuffled labels: plain loops, sizes, strata, and what the range is to hold."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.statistics import shuffles
from catsel_core.statistics.label_splits import shuffled_codes
from catsel_core.statistics.pairs import book_statistics, pair_groups, pair_values, restricted
from catsel_core.statistics.shuffles import SEED, SHUFFLES, deltas_of, shuffled_delta_range
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import naive_groups, property_test, random_vectors

LABELS = ("a", "a", "b", "b", "b", "c", "d", "d")
SIMILARITY = cosine_matrices(random_vectors(4, len(LABELS), seed=7))


def test_deltas_of_shuffles_equal_loops() -> None:
    pairs = pair_groups(LABELS)
    codes = shuffled_codes(LABELS, [0] * len(LABELS), np.random.default_rng(3), 12)
    deltas = deltas_of(pair_values(SIMILARITY, pairs), pairs, codes)
    for layer in range(4):
        for shuffle, numbers in enumerate(codes.T.tolist()):
            within, across = naive_groups(SIMILARITY[layer], [str(number) for number in numbers])
            expected = sum(within) / len(within) - sum(across) / len(across)
            assert deltas[layer, shuffle] == pytest.approx(expected, abs=1e-6)


def test_labels_that_stay_give_delta_itself() -> None:
    pairs = pair_groups(LABELS)
    codes = np.array([[ord(label)] for label in LABELS], np.uint16)
    deltas = deltas_of(pair_values(SIMILARITY, pairs), pairs, codes)
    np.testing.assert_allclose(deltas[:, 0], book_statistics(SIMILARITY, pairs).delta, atol=1e-6)


@property_test
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([None, "x", ("y", 1)])), min_size=1, max_size=12))
def test_every_stratum_keeps_its_labels(items: list[tuple[str, object]]) -> None:
    labels, strata = [label for label, _ in items], [stratum for _, stratum in items]
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    for row in shuffled_codes(labels, strata, np.random.default_rng(1), 5).T.tolist():
        shuffled = Counter(zip(strata, row, strict=True))
        assert shuffled == Counter((stratum, numbers[label]) for label, stratum in items)


def test_every_order_of_the_labels_is_as_likely() -> None:
    codes = shuffled_codes("abc", [0, 0, 0], np.random.default_rng(2), 6_000)
    counts = Counter(map(tuple, codes.T.tolist()))
    assert len(counts) == 6
    assert all(850 < count < 1_150 for count in counts.values())  # 1,000 each, with a standard deviation of 29


def test_tables_in_blocks_give_what_one_table_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shuffled_delta_range(SIMILARITY, LABELS, pair_groups(LABELS))
    monkeypatch.setattr(shuffles, "_BLOCK", 5)
    parts = shuffled_delta_range(SIMILARITY, LABELS, pair_groups(LABELS))
    np.testing.assert_allclose(parts.low, whole.low, atol=1e-6)
    np.testing.assert_allclose(parts.high, whole.high, atol=1e-6)


def test_the_range_is_the_same_every_time_and_read_only() -> None:
    one, other = (shuffled_delta_range(SIMILARITY, LABELS, pair_groups(LABELS)) for _ in range(2))
    assert np.array_equal(one.low, other.low)
    assert np.array_equal(one.high, other.high)
    assert (one.shuffles, one.seed) == (SHUFFLES, SEED)
    assert not one.low.flags.writeable
    assert not one.high.flags.writeable


def test_the_range_holds_most_of_what_has_no_categories_and_nothing_of_what_has() -> None:
    labels = ["a", "b"] * 12
    vectors = random_vectors(200, 24, seed=5)
    pairs = pair_groups(labels)
    similarity = cosine_matrices(vectors)
    found, delta = shuffled_delta_range(similarity, labels, pairs), book_statistics(similarity, pairs).delta
    inside = (found.low <= delta) & (delta <= found.high)
    assert 0.88 < inside.mean() < 0.99
    vectors[:, ::2, 0] += 5
    similarity = cosine_matrices(vectors)
    found, delta = shuffled_delta_range(similarity, labels, pairs), book_statistics(similarity, pairs).delta
    assert (delta > found.high).all()


def test_equal_vectors_have_an_empty_range_at_zero() -> None:
    equal = np.ones((2, 8, 8), np.float32)
    found = shuffled_delta_range(equal, LABELS, pair_groups(LABELS))
    np.testing.assert_allclose([found.low, found.high], 0, atol=1e-9)


def test_pairs_within_strata_count_as_often_as_before() -> None:
    labels = ["b/river", "b/river", "b/money", "b/money", "s/wax", "s/wax", "s/sea", "s/sea"]
    spellings = [label[0] for label in labels]
    pairs = pair_groups(labels)
    pairs = restricted(pairs, np.array([spellings[i] == spellings[j] for i, j in combinations(range(8), 2)]))
    for row in shuffled_codes(labels, spellings, np.random.default_rng(4), 20).T.tolist():
        assert sum(row[i] == row[j] for i, j in zip(pairs.first, pairs.second, strict=True)) == pairs.n_within
    found = shuffled_delta_range(SIMILARITY, labels, pairs, spellings)
    assert (found.low < found.high).all()
