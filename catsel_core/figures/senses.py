"""Word senses: how much closer pairs of the same sense are than pairs of different senses of the same spelling."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import NEUTRAL, Look
from catsel_core.figures.distributions import delta_reading, group_distributions, kinds_of
from catsel_core.figures.profiles import SHUFFLED, group_profile, layer_points, profile, shuffled_band
from catsel_core.inputs.writing import isolated
from catsel_core.session import Scale
from catsel_core.statistics.pairs import BookStatistics, PairGroups
from catsel_core.statistics.shuffles import ShuffledRange

_NAMES = ("Same sense", "Other sense")


def sense_distributions(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, layers: tuple[str, ...], scale: Scale
) -> Chart:
    """Densities of same-sense and other-sense pairs of the same spelling; one frame a layer.

    Args:
        similarity: (layer, item, item).
        pairs: pairs of the same spelling; *within* is the same sense.
        statistics: of the same pairs.
        layers: labels of the hidden states.
        scale: axis ranges of each layer, or one shared by all.
    """
    chart = group_distributions(kinds_of(similarity, pairs, statistics, _NAMES), layers, scale)
    kinds = ("same-sense pairs", "other-sense pairs of the same word")
    readings = tuple(delta_reading(statistics, layers, index, kinds) for index in range(len(layers)))
    return replace(chart, name="sense-distributions", title="Same sense and other sense", readings=readings)


def sense_means(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, layers: tuple[str, ...]
) -> Chart:
    """Mean similarity of same-sense and other-sense pairs over the layers."""
    chart = group_profile(kinds_of(similarity, pairs, statistics, _NAMES), layers)
    return replace(chart, name="sense-means", title="Means of same and other sense")


def sense_profile(
    overall: BookStatistics,
    words: Mapping[str, BookStatistics],
    looks: Mapping[str, Look],
    shuffled: ShuffledRange,
    layers: tuple[str, ...],
) -> Chart:
    """Δ = same-sense mean − other-sense mean, for every word and for all together.

    Args:
        overall: statistics of all words together.
        words: statistics of every word.
        looks: of every word.
        shuffled: where Δ of all words lies if the senses of each change places.
        layers: labels of the hidden states.
    """
    traces = [shuffled_band(shuffled)]
    traces += [
        {
            **layer_points(word, one.delta, layers, "Δ %{y:.3f}", {**looks[word].marker, "size": 6}),
            "mode": "lines+markers",
            "line": {**looks[word].line, "width": 1.2},
            "opacity": 0.75,
        }
        for word, one in words.items()
    ]
    traces.append(
        {
            **layer_points("all words", overall.delta, layers, "Δ %{y:.3f}", {"color": NEUTRAL, "size": 9}),
            "mode": "lines+markers",
            "line": {"color": NEUTRAL, "width": 3},
        }
    )
    rings = [([layer], [overall.delta[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    readings = tuple(_reading(overall, words, layers, layer) for layer in range(len(layers)))
    return Chart("sense-profile", "Where the senses part: Δ by word", figure, readings, height=0.72)


def _reading(overall: BookStatistics, words: Mapping[str, BookStatistics], layers: tuple[str, ...], layer: int) -> str:
    inner = overall.delta[:-1]  # the last hidden state is after the final norm
    top = int(inner.argmax()) if len(inner) else 0
    start = f"At {layer_name(layers, layer)} Δ is {overall.delta[layer]:.3f} over all words"
    if len(words) > 1 and np.ptp([one.delta[layer] for one in words.values()]) > 0.0005:
        deltas = {word: float(one.delta[layer]) for word, one in words.items()}
        most, least = max(deltas, key=deltas.__getitem__), min(deltas, key=deltas.__getitem__)
        start += f", most for “{isolated(most)}” ({deltas[most]:.3f}), "
        start += f"least for “{isolated(least)}” ({deltas[least]:.3f})"
    return (
        f"{start}. Before the final norm it is largest at {layer_name(layers, top)} with {overall.delta[top]:.3f}."
        f"{SHUFFLED}"
    )
