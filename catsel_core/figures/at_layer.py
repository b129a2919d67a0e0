"""A chart at one layer as a plotly figure of its own, for notebooks: what the browser does on a page, in Python."""

import html
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from catsel_core.figures.chart import Chart

_WIDTH = 900
_LINE = 120  # characters of a reading in a line
_MOST_LABELS = 50  # words on an axis that are told apart


def at_layer(chart: Chart, layer: int) -> go.Figure:
    """A chart as it is at a layer, without frames; at its last layer if it has fewer, and as it is if it has none.

    Title and reading stand above the picture, which lies on white and does not change with a theme.

    Args:
        chart: any, such as one of :mod:`catsel_core.figures.of_words`.
        layer: index of the hidden state.
    """
    figure = go.Figure(chart.figure)
    frames = figure.frames
    figure.frames = ()
    if frames:
        _apply(figure, frames[min(layer, len(frames) - 1)])
    reading = chart.readings[min(layer, len(chart.readings) - 1)]
    lines = wrap(html.escape(reading, quote=False), _LINE)
    figure.update_layout(**_framed(figure, chart, lines))
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        _thin(axis)
    return figure


def _apply(figure: go.Figure, frame: go.Frame) -> None:
    numbers = range(len(frame.data)) if frame.traces is None else frame.traces
    for number, patch in zip(numbers, frame.data, strict=True):
        figure.data[number].update(patch.to_plotly_json())
    figure.update_layout(frame.layout)


def _framed(figure: go.Figure, chart: Chart, lines: list[str]) -> dict[str, Any]:
    """The picture with room for its words."""
    top = 70 + 16 * len(lines) + 20 * _further_rows(figure)
    height = round(min(_WIDTH, max(420, _WIDTH * chart.height)))
    margin = {**figure.layout.margin.to_plotly_json(), "l": 20, "t": top + 40, "b": 40}
    title = {
        "text": f"<b>{html.escape(chart.title, quote=False)}</b>",
        "subtitle": {"text": "<br>".join(lines)},
        "x": 0.01,
        "xanchor": "left",
        "y": 1 - 24 / (height + top),
        "yanchor": "top",
    }
    paper = {"paper_bgcolor": "#FFFFFF", "plot_bgcolor": "#FFFFFF", "font": {"color": "#1E1F29"}}
    return {"width": _WIDTH, "height": height + top, "margin": margin, "title": title, **paper}


def _further_rows(figure: go.Figure) -> int:
    """Of a legend above the picture, beyond the first; long names stand three in a row."""
    named = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    return 0 if figure.layout.legend.y == 0 else max(0, len(named) - 1) // 3


def _thin(axis: Any) -> None:
    """Words of an axis with many, so few that they do not overlap."""
    if axis.type != "category" or axis.tickvals is None or len(axis.tickvals) <= _MOST_LABELS:
        return
    step = -(-len(axis.tickvals) // _MOST_LABELS)
    axis.update(tickvals=axis.tickvals[::step], ticktext=axis.ticktext[::step])
