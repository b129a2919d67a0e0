"""Figures of senses equal plain loops over the pairs of the same spelling."""

from collections.abc import Sequence

import numpy as np
import pytest

from catsel_core.figures import (
    Scale,
    sense_distributions,
    sense_means,
    sense_profile,
)
from catsel_core.figures.colors import looks, palette
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.statistics.shuffles import ShuffledRange
from tests.figures.made_up_contexts import LAYERS
from tests.figures.made_up_senses import LOOKS, SENSE_SIMILARITY, SENTENCES, profile_of_senses, senses
from tests.figures.values import numbers


def sense_pairs(word: str | None = None) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of the same spelling by two loops: those of the same sense and those of another; of one word or all.

    “bat” has one sense only, so its pairs tell nothing about senses and do not count.
    """
    same: list[tuple[int, int]] = []
    other: list[tuple[int, int]] = []
    for i in range(len(SENTENCES)):
        for j in range(i + 1, len(SENTENCES)):
            one, two = SENTENCES[i], SENTENCES[j]
            if one.token_ids[2] == two.token_ids[2] and one.label != "bat" and word in (None, one.label):
                (same if one.group == two.group else other).append((i, j))
    return same, other


def values_of(pairs: Sequence[tuple[int, int]], layer: int) -> list[float]:
    return [float(SENSE_SIMILARITY[layer, i, j]) for i, j in pairs]


def deltas_of(word: str | None = None) -> list[float]:
    same, other = sense_pairs(word)
    return [float(np.mean(values_of(same, layer)) - np.mean(values_of(other, layer))) for layer in range(6)]


def test_the_profile_of_senses_equals_loops_over_pairs_of_the_same_spelling() -> None:
    band, *words, overall, ring = profile_of_senses().figure.data
    shuffled = senses().shuffled
    assert numbers(band.y)[:-1] == [*shuffled.low.tolist(), *shuffled.high.tolist()[::-1]]
    assert [trace.name for trace in words] == ["bank", "seal"]
    for trace in words:
        assert numbers(trace.y) == pytest.approx(deltas_of(trace.name), abs=1e-6)
    assert numbers(overall.y) == pytest.approx(deltas_of(), abs=1e-6)
    assert overall.name == "all words"
    assert all(numbers(trace.x) == numbers(trace.customdata) == list(range(6)) for trace in (*words, overall))
    assert len({trace.line.color for trace in (*words, overall)}) == 3
    assert ring.name == "selected layer"


def test_the_profile_of_senses_rings_all_words_together() -> None:
    figure = profile_of_senses().figure
    assert [frame.name for frame in figure.frames] == list(LAYERS)
    for layer, frame in enumerate(figure.frames):
        assert [figure.data[at].name for at in frame.traces] == ["selected layer"]
        assert list(frame.data[0].x) == [layer]
        assert numbers(frame.data[0].y) == pytest.approx([deltas_of()[layer]], abs=1e-6)


def test_readings_of_the_profile_of_senses_name_words_and_the_largest_layer_before_the_final_norm() -> None:
    overall, words = deltas_of(), {word: deltas_of(word) for word in ("bank", "seal")}
    top = max(range(5), key=overall.__getitem__)
    for layer, reading in enumerate(profile_of_senses().readings):
        at_layer = {word: deltas[layer] for word, deltas in words.items()}
        most, least = max(at_layer, key=at_layer.__getitem__), min(at_layer, key=at_layer.__getitem__)
        assert reading == (
            f"At {LAYERS[layer]} (hidden state {layer}) Δ is {overall[layer]:.3f} over all words, "
            f"most for “{most}” ({words[most][layer]:.3f}), least for “{least}” ({words[least][layer]:.3f}). "
            f"Before the final norm it is largest at {LAYERS[top]} (hidden state {top}) with {overall[top]:.3f}. "
            "The grey band holds 95 % of the Δ of shuffled labels."
        )


def test_the_largest_delta_is_not_looked_for_after_the_final_norm() -> None:
    delta = np.array([0.1, 0.4, 0.2, 0.9])
    rising = BookStatistics(delta, np.zeros(4), delta, np.ones(4), 3, 3)
    band = ShuffledRange(np.zeros(4), np.zeros(4), 0, 0)
    for reading in sense_profile(rising, {"bank": rising}, LOOKS, band, layer_labels(4)).readings:
        assert " over all words. Before the final norm it is largest at L0 (hidden state 1) with 0.400. " in reading


def test_means_of_senses_equal_loops_over_pairs_of_the_same_spelling() -> None:
    made = senses()
    chart = sense_means(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS)
    *traces, _ = chart.figure.data
    for trace, pairs, name in zip(traces, sense_pairs(), ("Same sense", "Other sense"), strict=True):
        assert trace.name == name
        means = [float(np.mean(values_of(pairs, layer))) for layer in range(6)]
        assert numbers(trace.y) == pytest.approx(means, abs=1e-6)
    assert chart.readings[0].startswith("Same sense: ")


@pytest.mark.parametrize("scale", ["layer", "shared"])
def test_distributions_of_senses_equal_loops_over_pairs_of_the_same_spelling(scale: Scale) -> None:
    made = senses()
    chart = sense_distributions(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS, scale)
    for layer, (frame, reading) in enumerate(zip(chart.figure.frames, chart.readings, strict=True)):
        same, other = (values_of(pairs, layer) for pairs in sense_pairs())
        edges = np.linspace(min(*same, *other), max(*same, *other), 21)
        for area, line, values in zip(frame.data[:2], frame.data[2:], (same, other), strict=True):
            np.testing.assert_allclose(area.x, (edges[1:] + edges[:-1]) / 2)
            np.testing.assert_allclose(area.y, np.histogram(values, bins=edges, density=True)[0])
            assert numbers(line.x) == pytest.approx([float(np.mean(values))] * 2, abs=1e-6)
        kind = "more" if np.mean(same) >= np.mean(other) else "less"
        assert f"At {LAYERS[layer]} (hidden state {layer}) same-sense pairs are " in reading
        assert f"{abs(np.mean(same) - np.mean(other)):.3f} {kind} similar than other-sense pairs of the same" in reading
        assert f"(mean {np.mean(same):.3f} against {np.mean(other):.3f}; t = " in reading
        assert reading.endswith(f"{len(same)} and {len(other)} pairs).")
    assert [trace.name for trace in chart.figure.data[:2]] == ["Same sense", "Other sense"]


def test_charts_of_senses_have_names_and_titles_of_their_own() -> None:
    made = senses()
    charts = (
        sense_profile(made.overall, made.words, LOOKS, made.shuffled, LAYERS),
        sense_means(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS),
        sense_distributions(SENSE_SIMILARITY, made.pairs, made.overall, LAYERS, "layer"),
    )
    assert [chart.name for chart in charts] == ["sense-profile", "sense-means", "sense-distributions"]
    assert len({chart.title for chart in charts}) == 3
    for chart in charts:
        assert all(reading.endswith(".") for reading in chart.readings)


def test_many_words_have_looks_of_their_own() -> None:
    made = senses()
    names = {f"word {at}": look for at, look in enumerate(looks(palette(27)))}
    profile = sense_profile(made.overall, dict.fromkeys(names, made.overall), names, made.shuffled, LAYERS)
    lines = [(trace.line.color, trace.line.dash, trace.marker.symbol) for trace in profile.figure.data[1:-2]]
    assert len(set(lines)) == len(lines) == 27
    assert len({dash for _, dash, _ in lines}) > 1
