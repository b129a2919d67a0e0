"""What the viewer's scripts are given, as plain values: types.d.ts in ``frontend/`` says the same to them."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from catsel_core.analyses.side_by_side import SideBySide
from catsel_core.figures import Payload, packed
from catsel_core.language import tr

Bus = Literal["layer", "layer-b"]
"""Which layer a slider sets and a chart follows: the one of all pages, or that of side B."""

LAYER: Bus = "layer"
LAYER_B: Bus = "layer-b"


@dataclass(frozen=True, slots=True)
class Follows:
    """The layer that a chart follows; a map of layers by layers follows one with its rows and one ``across``."""

    bus: Bus = LAYER
    across: Bus | None = None


FOLLOWS_LAYER = Follows()


def slider_data(
    layers: tuple[str, ...],
    bus: Bus = LAYER,
    mark: str = "",
    follow: dict[str, list[int]] | None = None,
    start: tuple[str, int] | None = None,
) -> dict[str, Any]:
    """What a slider is given.

    Args:
        layers: labels of the hidden states.
        bus: what it sets.
        mark: a letter that tells it from another one.
        follow: ways to follow the slider of :data:`LAYER`, by what they are called: for each of its layers, the layer
            here.
        start: a name and the layer to begin with, once under each name. The layer of a link goes first.
    """
    label = tr("Layer of {mark}", mark=mark) if mark else tr("Layer")
    names = {"bus": bus, "label": label, "mark": mark}
    data: dict[str, Any] = {"layers": list(layers), "note": tr("after the final norm"), **names}
    if follow is not None:
        data["follow"] = {"bus": LAYER, "tables": follow}
    if start is not None:
        data["start"] = {"name": start[0], "layer": start[1]}
    return data


def chart_data(chart: Payload, prefix: str = "", key: str = "", follows: Follows = FOLLOWS_LAYER) -> dict[str, Any]:
    """What a chart is given, but for the address of plotly.js.

    Args:
        chart: what to show.
        prefix: put before the title.
        key: tells charts of the same name on one page apart; those that have one stand side by side.
        follows: the layers that it shows.
    """
    return {
        "spec": chart.json,
        "name": chart.name + key,
        "title": prefix + chart.title,
        "readings": list(chart.readings),
        "height": chart.height,
        "about": list(chart.about.lines),
        "list": chart.about.file_name,
        "passages": [asdict(passage) for passage in chart.passages],
        "shuffles": None if chart.shuffles is None else dict(chart.shuffles),
        "panel": bool(key),
        "bus": follows.bus,
        "across": follows.across,
    }


def neighbours_data(found: SideBySide, colors: dict[str, str]) -> dict[str, Any]:
    """What the table of words is given whose nearest words differ most between two layers, one of either side."""
    return {
        "words": list(found.a.inputs.words),
        "colors": [colors[item.group] for item in found.a.inputs.items],
        "layers": [list(side.model.layers) for side in found.sides],
        "change": packed(found.change),
        "nearest_a": packed(found.nearest_a),
        "nearest_b": packed(found.nearest_b),
        "neighbours": found.nearest_a.shape[-1],
    }
