"""Maps of items: against scikit-bio's principal coordinates, and against what a map must keep."""

import numpy as np
import pytest
from skbio.stats.distance import DistanceMatrix
from skbio.stats.ordination import pcoa

from catsel_core.arrays import FloatArray, Floats
from catsel_core.statistics.layer_maps import chord_products, layer_maps, vector_products
from catsel_core.statistics.similarity import cosine_matrices

RNG = np.random.default_rng(9)
VECTORS = RNG.normal(size=(4, 15, 8)).astype(np.float32)
SIMILARITY = cosine_matrices(VECTORS)


def distances(points: Floats | FloatArray) -> Floats:
    found: Floats = np.linalg.norm(points[:, None] - points[None], axis=2)
    return found


def test_scaling_is_that_of_scikit_bio() -> None:
    found = layer_maps(chord_products(SIMILARITY), SIMILARITY)
    for layer, matrix in enumerate(SIMILARITY.astype(np.float64)):
        chords = np.sqrt(np.maximum(2 - 2 * matrix, 0))
        np.fill_diagonal(chords, 0)
        expected = pcoa(DistanceMatrix((chords + chords.T) / 2), dimensions=2)
        points = expected.samples.to_numpy()[:, :2]
        size = np.sqrt((points**2).sum(axis=1).mean())
        np.testing.assert_allclose(distances(found.points[layer]), distances(points / size), atol=1e-4)
        assert found.share[layer] == pytest.approx(expected.proportion_explained.iloc[:2].sum(), abs=1e-4)


def test_principal_components_are_those_of_the_centred_vectors() -> None:
    found = layer_maps(vector_products(VECTORS), SIMILARITY)
    for layer, vectors in enumerate(VECTORS.astype(np.float64)):
        centred = vectors - vectors.mean(axis=0)
        _, lengths, axes = np.linalg.svd(centred, full_matrices=False)
        points = centred @ axes[:2].T
        size = np.sqrt((points**2).sum(axis=1).mean())
        np.testing.assert_allclose(distances(found.points[layer]), distances(points / size), atol=1e-4)
        assert found.share[layer] == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), abs=1e-6)


def test_what_lies_in_a_plane_is_drawn_as_it_is() -> None:
    flat = np.zeros((2, 9, 5), np.float32)
    flat[:, :, :2] = RNG.normal(size=(9, 2))
    near = -np.linalg.norm(flat[:, :, None] - flat[:, None], axis=3).astype(np.float32)
    found = layer_maps(vector_products(flat), near)
    np.testing.assert_allclose(found.share, 1, atol=1e-6)
    np.testing.assert_allclose(found.stress, 0, atol=1e-3)
    np.testing.assert_allclose(found.kept, 1)


def test_layers_are_turned_onto_each_other() -> None:
    angle = 2.1
    turn = np.eye(8)
    turn[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    turned = np.stack([VECTORS[0], (VECTORS[0] @ turn) * [1, -1, 1, 1, 1, 1, 1, 1], -3 * VECTORS[0]]).astype(np.float32)
    found = layer_maps(vector_products(turned), cosine_matrices(turned))
    np.testing.assert_allclose(found.points[1], found.points[0], atol=1e-4)
    np.testing.assert_allclose(found.points[2], found.points[0], atol=1e-4)


def test_points_are_centred_and_of_one_size() -> None:
    points = layer_maps(chord_products(SIMILARITY), SIMILARITY).points
    np.testing.assert_allclose(points.mean(axis=1), 0, atol=1e-6)
    np.testing.assert_allclose((points**2).sum(axis=2).mean(axis=1), 1, rtol=1e-5)
    assert not points.flags.writeable


def test_neighbours_that_are_kept_are_counted() -> None:
    found = layer_maps(chord_products(SIMILARITY), SIMILARITY)
    for layer, matrix in enumerate(SIMILARITY):
        drawn = distances(found.points[layer].astype(np.float64))
        shares = []
        for item in range(15):
            others = [at for at in range(15) if at != item]
            true = sorted(others, key=lambda at: -matrix[item, at])[:5]
            near = sorted(others, key=lambda at: drawn[item, at])[:5]
            shares.append(len(set(true) & set(near)) / 5)
        assert found.kept[layer] == pytest.approx(np.mean(shares), abs=0.02)


def test_equal_vectors_have_no_map_worth_the_name() -> None:
    found = layer_maps(chord_products(np.ones((1, 4, 4), np.float32)), np.ones((1, 4, 4), np.float32))
    assert np.isnan(found.share[0])
    assert np.isfinite(found.points).all()
