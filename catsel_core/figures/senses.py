"""Word senses: how much closer pairs of the same sense are than pairs of different senses of the same spelling."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.figures.chart import Chart, layer_name
from catsel_core.figures.colors import NEUTRAL, Look
from catsel_core.figures.distributions import PairCurves, delta_reading, group_distributions, kinds_of
from catsel_core.figures.profiles import about_shuffled_band, group_profile, layer_points, profile, shuffled_band
from catsel_core.inputs.writing import isolated
from catsel_core.language import mark, tr
from catsel_core.session import Scale
from catsel_core.statistics.pairs import BookStatistics, PairGroups
from catsel_core.statistics.shuffles import ShuffledRange

_NAMES = mark("Same sense"), mark("Other sense")


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
    chart = group_distributions(_kinds(similarity, pairs, statistics), layers, scale)
    kinds = tr("same-sense pairs"), tr("other-sense pairs of the same word")
    readings = tuple(delta_reading(statistics, layers, index, kinds) for index in range(len(layers)))
    return replace(chart, name="sense-distributions", title=tr("Same sense and other sense"), readings=readings)


def sense_means(
    similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics, layers: tuple[str, ...]
) -> Chart:
    """Mean similarity of same-sense and other-sense pairs over the layers."""
    chart = group_profile(_kinds(similarity, pairs, statistics), layers)
    return replace(chart, name="sense-means", title=tr("Means of same and other sense"))


def _kinds(similarity: FloatArray, pairs: PairGroups, statistics: BookStatistics) -> tuple[PairCurves, PairCurves]:
    same, other = map(tr, _NAMES)
    return kinds_of(similarity, pairs, statistics, (same, other))


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
            **layer_points(tr("all words"), overall.delta, layers, "Δ %{y:.3f}", {"color": NEUTRAL, "size": 9}),
            "mode": "lines+markers",
            "line": {"color": NEUTRAL, "width": 3},
        }
    )
    rings = [([layer], [overall.delta[layer]]) for layer in range(len(layers))]
    figure = profile(traces, rings, layers, "Δ")
    readings = tuple(_reading(overall, words, layers, layer) for layer in range(len(layers)))
    return Chart("sense-profile", tr("Where the senses part: Δ by word"), figure, readings, height=0.72)


def _reading(overall: BookStatistics, words: Mapping[str, BookStatistics], layers: tuple[str, ...], layer: int) -> str:
    inner = overall.delta[:-1]  # the last hidden state is after the final norm
    top = int(inner.argmax()) if len(inner) else 0
    top_layer, most = layer_name(layers, top), overall.delta[top]
    largest = tr("Before the final norm it is largest at {layer} with {delta:.3f}.", layer=top_layer, delta=most)
    return f"{_at(overall, words, layers, layer)} {largest} {about_shuffled_band()}"


def _at(overall: BookStatistics, words: Mapping[str, BookStatistics], layers: tuple[str, ...], layer: int) -> str:
    said = {"layer": layer_name(layers, layer), "delta": overall.delta[layer]}
    if len(words) > 1 and np.ptp([one.delta[layer] for one in words.values()]) > 0.0005:
        deltas = {word: float(one.delta[layer]) for word, one in words.items()}
        most, least = max(deltas, key=deltas.__getitem__), min(deltas, key=deltas.__getitem__)
        return tr(
            "At {layer} Δ is {delta:.3f} over all words, most for “{most}” ({most_delta:.3f}), least for “{least}” "
            "({least_delta:.3f}).",
            most=isolated(most),
            most_delta=deltas[most],
            least=isolated(least),
            least_delta=deltas[least],
            **said,
        )
    return tr("At {layer} Δ is {delta:.3f} over all words.", **said)
