"""Items in two dimensions at every layer, one layer turned onto the next, and how much of the truth that keeps.

Sources: Torgerson 1952 (classical scaling); Schönemann 1966 (orthogonal Procrustes); Kruskal 1964 (stress).
"""

from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze

NEIGHBOURS = 5


@dataclass(frozen=True, slots=True, eq=False)
class LayerMaps:
    """A map of the items at every layer. Arrays are read-only.

    points: (layer, item, 2) float32, centred, of root mean square 1, each layer turned or mirrored onto the one before.
    share: (layer,) float64, share of the variance that the two dimensions have.
    stress: (layer,) float64, Kruskal's stress of the distances, 0 for a map that is right.
    kept: (layer,) float64, share of the :data:`NEIGHBOURS` nearest items that are among the nearest on the map too.
    """

    points: FloatArray
    share: Floats
    stress: Floats
    kept: Floats


def chord_products(similarity: FloatArray) -> Floats:
    """(layer, item, item) inner products after centring whose distances are √(2 − 2 similarity): classical scaling.

    Of cosines they are those of the unit vectors, so that scaling them is a principal component analysis of directions.
    """
    return _centred(similarity.astype(np.float64))


def vector_products(vectors: FloatArray) -> Floats:
    """(layer, item, item) inner products of (layer, item, hidden) after centring: principal component analysis."""
    centred = vectors.astype(np.float64)
    centred -= centred.mean(axis=1, keepdims=True)
    return np.stack([layer @ layer.T for layer in centred])


def layer_maps(products: Floats, similarity: FloatArray) -> LayerMaps:
    """The two largest principal axes at every layer.

    Args:
        products: (layer, item, item) from :func:`chord_products` or :func:`vector_products`, of three items or more.
        similarity: (layer, item, item) what says which items are nearest.
    """
    points: list[Floats] = []
    shares, stresses, kept = [], [], []
    for product, matrix in zip(products, similarity, strict=True):
        flat, share = _two_axes(product)
        shares.append(share)
        stresses.append(_stress(product, flat))
        kept.append(_kept(matrix, flat))
        points.append(_turned(_scaled(flat), points[-1] if points else None))
    made = np.stack(points).astype(np.float32)
    found = [np.array(each) for each in (shares, stresses, kept)]
    freeze(made, *found)
    return LayerMaps(made, *found)


def _centred(products: Floats) -> Floats:
    made: Floats = (
        products
        - products.mean(axis=1, keepdims=True)
        - products.mean(axis=2, keepdims=True)
        + products.mean(axis=(1, 2), keepdims=True)
    )
    return made


def _two_axes(product: Floats) -> tuple[Floats, float]:
    """(item, 2), and the share of the variance that it has."""
    from scipy.linalg import eigh  # takes long to import, and most pages need none of it

    n = len(product)
    values, vectors = eigh(product, subset_by_index=[n - 2, n - 1])
    values = np.maximum(values[::-1], 0)
    total = float(np.trace(product))
    flat: Floats = vectors[:, ::-1] * np.sqrt(values)
    flat = flat * np.where(flat[np.abs(flat).argmax(axis=0), [0, 1]] < 0, -1, 1)  # signs are anybody's choice
    return flat, float(values.sum() / total) if total > 1e-9 * n else np.nan


def _distances(product: Floats) -> Floats:
    squares = np.diagonal(product)
    made: Floats = np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * product, 0))
    return made


def _stress(product: Floats, flat: Floats) -> float:
    wanted, drawn = _distances(product), _distances(flat @ flat.T)
    total = (wanted**2).sum()
    return float(np.sqrt(((wanted - drawn) ** 2).sum() / total)) if total > 1e-9 else np.nan


def _kept(similarity: FloatArray, flat: Floats) -> float:
    """Share of the true nearest items among those on the map; of all others where there are fewer than asked for."""
    count = min(NEIGHBOURS, len(flat) - 1)
    wanted = similarity.astype(np.float64)
    drawn = -_distances(flat @ flat.T)
    np.fill_diagonal(wanted, -np.inf)
    np.fill_diagonal(drawn, -np.inf)
    first, second = (np.argsort(-each, axis=1, kind="stable")[:, :count] for each in (wanted, drawn))
    return float(np.mean([len(set(one) & set(other)) for one, other in zip(first, second, strict=True)]) / count)


def _scaled(flat: Floats) -> Floats:
    size = np.sqrt((flat**2).sum(axis=1).mean())
    made: Floats = flat / size if size > 1e-9 else flat
    return made


def _turned(flat: Floats, onto: Floats | None) -> Floats:
    """Turned or mirrored so that it lies as near to the one before as it can."""
    if onto is None:
        return flat
    u, _, v = np.linalg.svd(flat.T @ onto)
    made: Floats = flat @ (u @ v)
    return made
