"""Made-up similarities of seven words in three categories, their statistics, and every chart of them."""

from collections.abc import Callable, Sequence

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.figures import (
    Chart,
    Shades,
    accuracy_profile,
    careful_auc,
    careful_balanced,
    careful_delta,
    careful_means,
    category_means,
    delta_profile,
    distributions,
    mean_profile,
    pair_mask,
    selectivity_bars,
    shuffle_view,
    silhouette_profile,
    similarity_matrix,
    t_against_delta,
    t_profile,
    variance_by_position,
    word_map,
    word_path,
)
from catsel_core.figures.colors import ACROSS
from catsel_core.figures.single_words import Analysed
from catsel_core.inputs.items import Item
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.careful import careful_statistics
from catsel_core.statistics.contrasts import category_contrasts
from catsel_core.statistics.layer_maps import NEIGHBOURS, chord_products, layer_maps
from catsel_core.statistics.pairs import BookStatistics, book_statistics, pair_groups
from catsel_core.statistics.rsa import nearest
from catsel_core.statistics.shuffles import ShuffledRange, shuffled_delta_range
from catsel_core.statistics.similarity import cosine_matrices
from catsel_core.statistics.single_items import group_means, item_statistics
from tests.support.core_fixtures import plain_items, random_vectors

LABELS = ("fruit", "fruit", "fruit", "sky", "sky", "pets", "pets")
COLORS = {"fruit": "#0072B2", "sky": "#C8321E", "pets": "#009E73"}
ITEMS = plain_items(LABELS)
PAIRS = pair_groups(LABELS)
LAYERS = layer_labels(6)
SIMILARITY = cosine_matrices(random_vectors(6, len(LABELS), seed=12))
STATISTICS = book_statistics(SIMILARITY, PAIRS)
CAREFUL = careful_statistics(SIMILARITY, LABELS)
ANALYSED = Analysed(
    item_statistics(SIMILARITY, LABELS), SIMILARITY, ITEMS, COLORS, LAYERS, nearest(SIMILARITY, NEIGHBOURS)
)
MAPS = layer_maps(chord_products(SIMILARITY), SIMILARITY)
POSITIONS = ("The", "word", "word +1")
SHUFFLED = shuffled_delta_range(SIMILARITY, LABELS, PAIRS)


def delta_alone(statistics: BookStatistics, layers: tuple[str, ...]) -> Chart:
    """Δ with a band that does not matter."""
    nothing = np.zeros(len(layers))
    return delta_profile(statistics, layers, ShuffledRange(nothing, nothing, 0, 0))


PROFILES = (mean_profile, delta_alone, t_profile)


def category_mask(items: Sequence[Item]) -> Chart:
    return pair_mask(items, category_contrasts(tuple(COLORS)), (*COLORS.values(), ACROSS))


def random_variance() -> FloatArray:
    variance = np.random.default_rng(8).gamma(1, 1, (6, 3, 20)).astype(np.float32)
    variance[:, 0] = 0
    return variance


VARIANCE = random_variance()
FRAMED: dict[str, Callable[[], Chart]] = {
    "similarity-matrix": lambda: similarity_matrix(SIMILARITY, ITEMS, COLORS, LAYERS, Shades()),
    "distributions": lambda: distributions(SIMILARITY, PAIRS, STATISTICS, LAYERS, "layer"),
    "mean-profile": lambda: mean_profile(STATISTICS, LAYERS),
    "delta-profile": lambda: delta_profile(STATISTICS, LAYERS, SHUFFLED),
    "t-profile": lambda: t_profile(STATISTICS, LAYERS),
    "t-against-delta": lambda: t_against_delta(STATISTICS, LAYERS),
    "careful-means": lambda: careful_means(CAREFUL, LAYERS),
    "careful-delta": lambda: careful_delta(CAREFUL, LAYERS),
    "careful-balanced": lambda: careful_balanced(CAREFUL, LAYERS),
    "careful-auc": lambda: careful_auc(CAREFUL, LAYERS),
    "careful-shuffles": lambda: shuffle_view(CAREFUL, LAYERS),
    "selectivity": lambda: selectivity_bars(ANALYSED),
    "word-path": lambda: word_path(ANALYSED, 4),
    "category-means": lambda: category_means(group_means(SIMILARITY, LABELS), ANALYSED, "cosine"),
    "accuracy": lambda: accuracy_profile(ANALYSED.found, LAYERS),
    "silhouette": lambda: silhouette_profile(ANALYSED),
    "word-map": lambda: word_map(MAPS, ANALYSED, 2),
    "variance-by-position": lambda: variance_by_position(VARIANCE, POSITIONS, LAYERS),
}
ALL: dict[str, Callable[[], Chart]] = {**FRAMED, "pair-mask": lambda: category_mask(ITEMS)}


def statistics_of(delta: list[float], t: list[float]) -> BookStatistics:
    within = np.array(delta) + 0.4
    return BookStatistics(within, within - np.array(delta), np.array(delta), np.array(t), 5, 16)
