"""The measures other than the plain cosine against scipy, their properties, and what has none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr, zscore

from catsel_core.arrays import FloatArray, Floats
from catsel_core.errors import InputError, UndefinedError
from catsel_core.statistics.measures import (
    MEASURES,
    Basis,
    Measure,
    checked_basis,
    measured,
    n_components,
    similarity_matrices,
)
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import naive_cosine, property_test, random_vectors

OVER_ITEMS: tuple[Measure, ...] = ("centred", "zscored", "all-but-the-top")
"""Measures whose statistics come from the items."""

prepared = pytest.mark.parametrize("measure", [measure for measure in MEASURES if measure != "cosine"])
over_items = pytest.mark.parametrize("measure", OVER_ITEMS)


def offset_vectors(layers: int = 2, items: int = 7, hidden: int = 9, seed: int = 1) -> FloatArray:
    """Vectors as models make them: far from the origin, with one large dimension."""
    vectors = random_vectors(layers, items, hidden, seed) + np.float32(2)
    vectors[:, :, 3] = vectors[:, :, 3] * 10 + 300
    return vectors


def naive_measured(states: Floats, measure: Measure) -> Floats:
    """(item, hidden) of one layer, the plain way."""
    if measure == "spearman":
        return states
    rest: Floats = states - states.mean(axis=0)
    if measure == "zscored":
        rest = zscore(states, axis=0)
    if measure == "all-but-the-top":
        top = np.linalg.svd(rest)[2][:1]
        for component in top:
            rest = rest - np.outer(rest @ component, component)
    return rest


def naive_similarity(states: Floats, measure: Measure) -> list[list[float]]:
    rest = naive_measured(states, measure)
    if measure == "spearman":
        return [[float(spearmanr(a, b).statistic) for a in rest] for b in rest]
    return [[naive_cosine(a.tolist(), b.tolist()) for a in rest] for b in rest]


@prepared
@pytest.mark.parametrize("hidden", [5, 30])
def test_measures_equal_the_formula_pair_by_pair(measure: Measure, hidden: int) -> None:
    vectors = offset_vectors(hidden=hidden)
    similarity = similarity_matrices(vectors, measure)
    for layer, states in enumerate(vectors.astype(np.float64)):
        np.testing.assert_allclose(similarity[layer], naive_similarity(states, measure), atol=2e-6)


@over_items
@pytest.mark.parametrize(("contexts", "components"), [(6, 1), (40, 3), (4, 30)])
def test_a_sample_gives_mean_spread_and_components(measure: Measure, contexts: int, components: int) -> None:
    vectors, sample = offset_vectors(hidden=12), offset_vectors(items=contexts, hidden=12, seed=5)
    made = measured(vectors, measure, components, sample)
    for layer, states in enumerate(vectors.astype(np.float64)):
        others = sample[layer].astype(np.float64)
        rest = states - others.mean(axis=0)
        if measure == "zscored":
            rest /= others.std(axis=0)
        if measure == "all-but-the-top":
            for axis in np.linalg.svd(others - others.mean(axis=0))[2][: max(1, min(components, contexts - 3))]:
                rest -= np.outer(rest @ axis, axis)
        np.testing.assert_allclose(made[layer], rest, rtol=1e-4, atol=1e-4)


def test_a_single_item_has_a_similarity_with_itself_where_a_sample_is_given() -> None:
    sample = offset_vectors()
    for measure in OVER_ITEMS:
        assert similarity_matrices(offset_vectors(items=1, seed=2), measure, sample=sample).tolist() == [[[1]], [[1]]]


@pytest.mark.parametrize(
    ("wanted", "hidden", "directions", "expected"),
    [(None, 576, 255, 6), (None, 768, 255, 8), (None, 24, 24, 1), (None, 576, 4, 2), (9, 576, 255, 9), (9, 576, 1, 1)],
)
def test_one_component_is_removed_for_every_hundred_dimensions(
    wanted: int | None, hidden: int, directions: int, expected: int
) -> None:
    assert n_components(wanted, hidden, directions) == expected


def test_vectors_that_differ_in_few_directions_keep_two_of_them() -> None:
    """As occurrences of four words do before any context: each word has one vector."""
    vectors = np.repeat(offset_vectors(items=4, hidden=30), 5, axis=1)
    left = measured(vectors, "all-but-the-top", 6)
    assert [np.linalg.matrix_rank(layer, tol=1e-3) for layer in left] == [2, 2]


def test_two_directions_are_left_of_many_items() -> None:
    assert np.linalg.matrix_rank(measured(random_vectors(1, 33, 300), "all-but-the-top", 100)[0], tol=1e-3) == 2


@pytest.mark.parametrize("components", [0, -1, 101])
def test_a_number_of_components_that_cannot_be_used_is_refused(components: int) -> None:
    with pytest.raises(InputError, match=f"must be between 1 and 100; it is {components}"):
        checked_basis(Basis("items", components))


def test_cosine_is_left_exactly_as_it_is() -> None:
    vectors = offset_vectors()
    assert measured(vectors, "cosine") is vectors
    assert np.array_equal(similarity_matrices(vectors, "cosine"), cosine_matrices(vectors))


def test_equal_numbers_of_a_vector_share_a_rank() -> None:
    vectors = np.array([[[1, 1, 2, 3, 3], [5, 1, 1, 1, 2], [0, 0, 0, 0, 7]]], np.float32)
    assert measured(vectors, "spearman")[0, 0].tolist() == [-1.5, -1.5, 0, 1.5, 1.5]
    expected = naive_similarity(vectors[0].astype(np.float64), "spearman")
    np.testing.assert_allclose(similarity_matrices(vectors, "spearman")[0], expected, atol=1e-6)


@prepared
def test_prepared_vectors_are_read_only_and_the_input_is_left_alone(measure: Measure) -> None:
    vectors = offset_vectors()
    before = vectors.copy()
    made = measured(vectors, measure)
    assert made.shape == vectors.shape
    assert made.dtype == np.float32
    assert not made.flags.writeable
    assert np.array_equal(vectors, before)
    assert vectors.flags.writeable


@prepared
@property_test
@given(st.integers(0, 1000), st.permutations(range(7)))
def test_no_measure_cares_for_the_order_of_items(measure: Measure, seed: int, order: list[int]) -> None:
    vectors = offset_vectors(seed=seed)
    expected = similarity_matrices(vectors, measure)[:, order][:, :, order]
    np.testing.assert_allclose(similarity_matrices(vectors[:, order], measure), expected, atol=1e-5)


@over_items
@property_test
@given(st.integers(0, 1000), st.floats(-50, 50, width=32), st.floats(0.5, 500, width=32))
def test_moving_and_scaling_all_items_changes_nothing(measure: Measure, seed: int, shift: float, scale: float) -> None:
    vectors = random_vectors(2, 7, 9, seed)
    moved = (vectors * np.float32(scale)) + np.float32(shift)
    atol = 2e-4 * max(1, abs(shift) / scale)  # the shift rounds the vectors themselves
    np.testing.assert_allclose(similarity_matrices(moved, measure), similarity_matrices(vectors, measure), atol=atol)


@property_test
@given(st.integers(0, 1000), st.integers(4, 40))
def test_centring_on_the_items_forces_the_mean_cosine_down(seed: int, items: int) -> None:
    vectors = random_vectors(1, items, 300, seed) + np.float32(5)
    pairs = np.triu_indices(items, k=1)
    for measure in OVER_ITEMS[:2]:
        assert similarity_matrices(vectors, measure)[0][pairs].mean() == pytest.approx(-1 / (items - 1), abs=0.01)


def test_z_scores_make_a_large_dimension_count_like_any_other() -> None:
    vectors = offset_vectors()
    small = vectors.copy()
    small[:, :, 3] = (small[:, :, 3] - 300) / 1000
    expected = similarity_matrices(small, "zscored")
    np.testing.assert_allclose(similarity_matrices(vectors, "zscored"), expected, atol=1e-4)


@pytest.mark.parametrize("constant", [0.0, 0.1, 3000.0])
def test_a_constant_dimension_has_no_z_score(constant: float) -> None:
    vectors = random_vectors(1, 6)
    vectors[:, :, 2] = constant
    vectors[:, ::2, 2] *= np.float32(1 + 2e-7)
    scores = measured(vectors, "zscored")
    assert not scores[:, :, 2].any()
    others = np.delete(vectors, 2, axis=2)
    np.testing.assert_allclose(np.delete(scores, 2, axis=2), measured(others, "zscored"), atol=1e-6)


def test_all_but_the_top_removes_a_direction_that_all_items_share() -> None:
    rng = np.random.default_rng(3)
    plain = random_vectors(1, 12, 20)[0].astype(np.float64)
    amounts, rogue = rng.normal(size=12), rng.normal(size=20)
    mixed = (plain + 3000 * np.outer(amounts, rogue)).astype(np.float32)[None]
    assert np.abs(similarity_matrices(mixed, "centred")[0]).min() > 0.99
    amounts -= amounts.mean()
    rest = plain - plain.mean(axis=0)
    rest -= np.outer(rest @ rogue, rogue) / (rogue @ rogue)
    rest -= np.outer(amounts, amounts @ rest) / (amounts @ amounts)
    expected = cosine_matrices(rest.astype(np.float32)[None])
    np.testing.assert_allclose(similarity_matrices(mixed, "all-but-the-top"), expected, atol=5e-3)


def test_four_items_keep_two_directions_without_the_top() -> None:
    for seed in range(20):
        assert np.linalg.matrix_rank(measured(random_vectors(1, 4, 50, seed), "all-but-the-top")[0], tol=1e-3) == 2


@over_items
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_items_that_are_equal_up_to_rounding_have_no_centred_similarity(measure: Measure, size: float) -> None:
    vectors = random_vectors(3, 6, 40) * np.float32(size)
    noise = 1 + 1e-6 * np.random.default_rng(2).normal(size=(6, 40))  # another batch rounds otherwise
    vectors[1] = vectors[1, 0] * noise
    with pytest.raises(UndefinedError) as caught:
        similarity_matrices(vectors, measure)
    assert str(caught.value).startswith(
        f"With the measure “{measure}” nothing is left of the vector of item 0 at hidden"
    )
    assert "hidden state 1, so its similarity is not defined. Choose another measure" in str(caught.value)


@over_items
def test_items_that_differ_a_little_have_one(measure: Measure) -> None:
    direction, own = random_vectors(1, 1, 40), random_vectors(1, 6, 40, seed=9)
    expected = similarity_matrices(own, measure)
    close = direction * np.float32(100) + own / np.float32(10)
    np.testing.assert_allclose(similarity_matrices(close, measure), expected, atol=2e-2)


@over_items
def test_one_item_is_refused(measure: Measure) -> None:
    with pytest.raises(UndefinedError, match=f"“{measure}” nothing is left of the vector of item 0 at hidden state 0"):
        similarity_matrices(random_vectors(2, 1), measure)
    assert similarity_matrices(random_vectors(2, 1), "spearman").tolist() == [[[1]], [[1]]]


@over_items
def test_an_item_that_is_the_mean_of_the_others_is_named(measure: Measure) -> None:
    vectors = offset_vectors(items=6)
    vectors[1, 4] = np.delete(vectors[1], 4, axis=0).mean(axis=0)
    with pytest.raises(UndefinedError, match="item 4 at hidden state 1"):
        similarity_matrices(vectors, measure)


def test_rounding_of_long_vectors_gives_a_short_one_no_direction() -> None:
    vectors = offset_vectors(1, 3)
    vectors[0, 1], vectors[0, 2] = -vectors[0, 0] * np.float32(1 + 2e-7), 0
    with pytest.raises(UndefinedError, match="item 2 at hidden state 0"):
        similarity_matrices(vectors, "centred")


def test_items_on_one_line_have_nothing_but_the_top() -> None:
    line = np.array([0, 1, 3, 7], np.float32)[:, None] * random_vectors(1, 1, 30)[0] + random_vectors(1, 1, 30, 5)[0]
    with pytest.raises(UndefinedError, match="“all-but-the-top” nothing is left"):
        similarity_matrices(line[None], "all-but-the-top")
    with pytest.raises(UndefinedError, match="“all-but-the-top” nothing is left"):
        similarity_matrices(random_vectors(1, 2), "all-but-the-top")


@pytest.mark.parametrize("value", [0.0, 0.1, -2000.0])
def test_a_vector_of_equal_numbers_has_no_ranks(value: float) -> None:
    vectors = random_vectors(2, 5)
    vectors[1, 3] = np.float32(value) * (1 + np.float32(6e-8) * np.arange(8, dtype=np.float32))
    with pytest.raises(UndefinedError, match="“spearman” nothing is left of the vector of item 3 at hidden state 1"):
        similarity_matrices(vectors, "spearman")


@prepared
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_no_measure_takes_what_is_not_finite(measure: Measure, value: float) -> None:
    vectors = random_vectors(3, 4)
    vectors[2, 1, 0] = value
    with pytest.raises(UndefinedError, match="item 1 at hidden state 2 is not finite"):
        similarity_matrices(vectors, measure)
