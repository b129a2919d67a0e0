"""Axes of layers and of colours: few labels, at equal steps, the same in all figures."""

from typing import Any

import numpy as np
import pytest

from catsel_core.figures import layer_similarity_map, tornado
from catsel_core.figures.axes import color_axis, layer_axis
from catsel_core.models.spec import layer_labels
from catsel_core.statistics.contrasts import Contrast, ContrastSummary


@pytest.mark.parametrize(
    ("count", "most"), [(2, 2), (4, 4), (8, 8), (13, 8), (25, 8), (31, 8), (33, 8), (49, 8), (81, 9)]
)
def test_layer_axes_have_few_labels_at_equal_steps(count: int, most: int) -> None:
    axis = layer_axis(layer_labels(count))
    ticks = axis["tickvals"]
    assert min(count, 5) <= len(ticks) <= most
    assert ticks[0] == 0
    assert len(set(np.diff(ticks).tolist())) == 1
    assert axis["ticktext"] == [layer_labels(count)[tick] for tick in ticks]
    assert axis["range"][0] < 0
    assert axis["range"][1] > count - 1


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 22, 31, 33, 49, 81, 121])
def test_axes_of_cells_have_the_smallest_step_that_gives_few_labels(count: int) -> None:
    layers = layer_labels(count)
    axis = layer_axis(layers, "Layer of A", cells=True)
    step = next(step for step in range(1, count + 1) if len(range(0, count, step)) <= 11)
    assert axis["tickvals"] == list(range(0, count, step))
    assert axis["ticktext"] == list(layers[::step])
    assert axis["range"] == [-0.5, count - 0.5]
    assert axis["title"] == {"text": "Layer of A"}


def heat_maps(count: int) -> dict[str, dict[str, Any]]:
    """Axes of the heat maps that have layers on them, as plain values."""
    layers, flat = layer_labels(count), np.full((count, count), 0.5)
    zeros = np.zeros(count, np.int64)
    edges, counts = np.tile([0, 0.3, 0.4], (count, 1)), np.full((count, 2), 2)
    summary = ContrastSummary(Contrast("all", (("a", "a"),)), 4, np.full(count, 0.2), edges, counts, zeros, zeros)
    side_by_side = layer_similarity_map(flat, np.arange(count), (layers, layers), "RSA").figure.layout
    return {
        "tornado": tornado(summary, layers, 1.0).figure.layout.yaxis.to_plotly_json(),
        "A": side_by_side.yaxis.to_plotly_json(),
        "B": side_by_side.xaxis.to_plotly_json(),
    }


@pytest.mark.parametrize("count", [2, 13, 22, 31, 33, 49])
def test_heat_maps_of_layers_have_the_same_axis(count: int) -> None:
    axes = [{**axis, "title": None, "type": None} for axis in heat_maps(count).values()]
    assert axes[0] == axes[1] == axes[2]


def test_bars_of_colors_have_the_range_and_a_title_where_there_is_one() -> None:
    axis = color_axis("Viridis", -0.5, 2, title="share", tickfont={"size": 9})
    assert (axis["colorscale"], axis["cmin"], axis["cmax"]) == ("Viridis", -0.5, 2)
    assert (axis["colorbar"]["title"]["text"], axis["colorbar"]["tickfont"]) == ("share", {"size": 9})
    assert "title" not in color_axis("Viridis", 0, 1)["colorbar"]
