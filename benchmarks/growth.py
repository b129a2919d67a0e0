"""Time and memory as the work grows, as numbers and as pictures in ``docs/``."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs
from plotly.subplots import make_subplots

from benchmarks import pairs, peaks, sessions, timing, work
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.items import InputSet
from tests.support.browser import CHROMIUM, FLAGS

PICTURE = Path(__file__).parents[1] / "docs" / "growth.svg"
CONTEXTS, TOKENS, LAYERS = (10, 20, 40, 80, 160), (10, 25, 50, 100, 200), (5, 10, 20, 30)
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Growth:
    """What a quantity costs as it grows: {quantity: seconds}, {quantity: bytes}."""

    name: str
    seconds: Mapping[int, float]
    memory: Mapping[int, int]


def sections(found: Mapping[int, pairs.Measured], visits: Mapping[sessions.Way, sessions.Visits]) -> list[str]:
    """Lines of the results; writes the picture where there is a Chromium."""
    visitors = Growth("visitors at once", visits["frozen"].medians, visits["frozen"].memory)
    grown = (*_passes(work.loaded()), _pairs(found), visitors)
    lines = [
        "Growth (contexts of 51 tokens unless said; memory is the peak beyond the model, the vectors, or what the "
        "server held before these visitors):",
        "",
        "| what grows | number | time | peak memory |",
        "|---|---|---|---|",
    ]
    for growth in grown:
        for number, seconds in growth.seconds.items():
            held = f"{growth.memory[number] / 1e6:,.0f} MB"
            lines.append(f"| {growth.name} | {number:,} | {timing.readable(seconds)} | {held} |")
    picture = _draw(grown)
    return (
        [*lines, "", f"![{', '.join(growth.name for growth in grown)}](../docs/{PICTURE.name})"] if picture else lines
    )


def _passes(model: LoadedModel) -> tuple[Growth, ...]:
    def seconds(ways: Mapping[int, Callable[[], object]]) -> dict[int, float]:
        times = timing.interleaved({str(number): way for number, way in ways.items()}, REPEATS)
        return {number: times[str(number)].median for number in ways}

    def run(inputs: InputSet, used: LoadedModel = model) -> Callable[[], object]:
        ways = work.context_ways(inputs)
        return lambda: ways.ours(used)

    contexts = seconds({count: run(work.contexts(count)) for count in CONTEXTS})
    tokens = seconds({window: run(work.contexts(peaks.FEW, window)) for window in TOKENS})
    layers: dict[int, float] = {}
    for blocks in LAYERS:
        layers |= seconds({blocks: run(work.contexts(peaks.FEW), work.cut(model, blocks))})
    ways = {"ours": CONTEXTS, "tokens": TOKENS, "blocks": LAYERS}
    memory = {way: {number: peaks.in_fresh_process(way, number) for number in ways[way]} for way in ways}
    return (
        Growth("contexts through the model", contexts, memory["ours"]),
        Growth(f"tokens before the word, {peaks.FEW} contexts", tokens, memory["tokens"]),
        Growth(f"blocks of the model, {peaks.FEW} contexts", layers, memory["blocks"]),
    )


def _pairs(found: Mapping[int, pairs.Measured]) -> Growth:
    seconds = {items: measured.ours.median for items, measured in found.items()}
    return Growth("contexts compared in pairs", seconds, {items: measured.memory for items, measured in found.items()})


def _draw(grown: tuple[Growth, ...]) -> bool:
    """Time above, memory below; all axes logarithmic: a straight line at 45° is work in proportion."""
    if CHROMIUM is None:
        return False
    from playwright.sync_api import sync_playwright

    titles = [growth.name.replace(", ", ",<br>") for growth in grown]
    figure = make_subplots(2, len(grown), subplot_titles=titles, vertical_spacing=0.12)
    for column, growth in enumerate(grown, 1):
        x = list(growth.seconds)
        megabytes = [max(1.0, growth.memory[number] / 1e6) for number in x]
        for row, (y, unit) in enumerate(((list(growth.seconds.values()), " s"), (megabytes, " MB")), 1):
            line = go.Scatter(x=x, y=y, mode="lines+markers", line_color="#0072b2", showlegend=False)
            figure.add_trace(line, row, column)
            numbers = {"tickvals": x, "ticktext": [f"{number:,}" for number in x]}
            figure.update_xaxes(type="log", **numbers, row=row, col=column)
            figure.update_yaxes(type="log", **_ticks(unit), range=_decade(y), row=row, col=column)
    figure.update_layout(template="plotly_white", width=1440, height=560, margin={"l": 50, "r": 20, "t": 60, "b": 40})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.set_content(f"<div id='chart'></div><script>{get_plotlyjs()}</script>")
        svg = page.evaluate(
            "f => Plotly.newPlot('chart', f.data, f.layout).then(c => Plotly.toImage(c, {format: 'svg'}))",
            json.loads(figure.to_json()),
        )
        browser.close()
    PICTURE.write_text(unquote(svg.split(",", 1)[1]), encoding="utf-8")
    return True


def _decade(values: Sequence[float]) -> list[float]:
    """Ends of a logarithmic axis around the values, a factor of ten apart or more: what is flat looks flat."""
    low, high = math.log10(min(values)), math.log10(max(values))
    beyond = max(0.1, (1 - (high - low)) / 2)
    return [low - beyond, high + beyond]


def _ticks(unit: str) -> dict[str, Any]:
    """1, 2, 5, 10, … from thousandths to tens of thousands."""
    values = [step * 10**power for power in range(-3, 5) for step in (1, 2, 5)]
    return {"tickvals": values, "ticktext": [f"{value:,g}{unit}" for value in values]}
