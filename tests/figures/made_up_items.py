"""Made-up items in which words occur more than once, and their matrix."""

from collections.abc import Mapping, Sequence

from catsel_core.figures import (
    Chart,
    Shades,
    group_colors,
    similarity_matrix,
)
from catsel_core.inputs.items import Item
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.similarity import cosine_matrices
from tests.support.core_fixtures import random_vectors


def occurrences(*groups: tuple[str, str, int]) -> tuple[Item, ...]:
    """(word, group, how many) one after another."""
    return tuple(
        Item(word, group, f"So the {word} it is", (1, number, 2), (1, 2), (f" {word}",), (7, 7 + len(word)))
        for word, group, count in groups
        for number in range(count)
    )


def matrix_of(items: Sequence[Item], colors: Mapping[str, str] | None = None, layers: int = 2) -> Chart:
    vectors = random_vectors(layers, len(items), seed=len(items))
    return similarity_matrix(
        cosine_matrices(vectors), items, dict(colors or group_colors(items)), layer_labels(layers), Shades()
    )


def split_item(word: str, group: str, *pieces: str) -> Item:
    """A word that is several tokens."""
    return Item(word, group, f"The {word}", (0, *range(1, len(pieces) + 1)), (1, len(pieces) + 1), pieces)


REPEATED = occurrences(
    ("bank", "bank/river", 3), ("bank", "bank/money", 4), ("years", "years", 1), ("lawn", "lawn", 2), ("seal", "wax", 1)
)
NAMES = (
    *(f"bank {number} (bank/river)" for number in (1, 2, 3)),
    *(f"bank {number} (bank/money)" for number in (1, 2, 3, 4)),
    *("years (years)", "lawn 1 (lawn)", "lawn 2 (lawn)", "seal (wax)"),
)
