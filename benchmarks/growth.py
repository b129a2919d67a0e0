"""Time and memory as the work grows, as numbers and as pictures in ``docs/``."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs
from plotly.subplots import make_subplots

from benchmarks import pairs, peaks, timing, work
from catsel_core.inputs import InputSet
from catsel_core.loading import LoadedModel
from tests.browser import CHROMIUM, FLAGS

PICTURE = Path(__file__).parents[1] / "docs" / "growth.svg"
CONTEXTS, TOKENS, LAYERS = (10, 20, 40, 80, 160), (10, 25, 50, 100, 200), (5, 10, 20, 30)
FEW = 20
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Growth:
    """What a quantity costs as it grows: {quantity: seconds}, and {quantity: bytes} where it was measured."""

    name: str
    seconds: Mapping[int, float]
    memory: Mapping[int, int]


def sections(found: Mapping[int, pairs.Measured]) -> list[str]:
    """Lines of the results; writes the picture where there is a Chromium."""
    grown = (*_passes(work.loaded()), _pairs(found))
    lines = ["Growth (contexts of 51 tokens unless said; memory is the peak beyond the model or the vectors):", ""]
    lines += ["| what grows | number | time | peak memory |", "|---|---|---|---|"]
    for growth in grown:
        for number, seconds in growth.seconds.items():
            held = f"{growth.memory[number] / 1e6:,.0f} MB" if number in growth.memory else ""
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
    tokens = seconds({window: run(work.contexts(FEW, window)) for window in TOKENS})
    layers: dict[int, float] = {}
    for blocks in LAYERS:
        layers |= seconds({blocks: run(work.contexts(FEW), work.cut(model, blocks))})
    memory = {count: peaks.in_fresh_process("ours", count) for count in CONTEXTS}
    return (
        Growth("contexts through the model", contexts, memory),
        Growth(f"tokens before the word, {FEW} contexts", tokens, {}),
        Growth(f"blocks of the model, {FEW} contexts", layers, {}),
    )


def _pairs(found: Mapping[int, pairs.Measured]) -> Growth:
    seconds = {items: measured.ours.median for items, measured in found.items()}
    return Growth("contexts compared in pairs", seconds, {items: measured.memory for items, measured in found.items()})


def _draw(grown: tuple[Growth, ...]) -> bool:
    """Both axes logarithmic: a straight line at 45° is work in proportion."""
    if CHROMIUM is None:
        return False
    from playwright.sync_api import sync_playwright

    figure = make_subplots(1, len(grown), subplot_titles=[growth.name for growth in grown])
    for column, growth in enumerate(grown, 1):
        x, y = list(growth.seconds), list(growth.seconds.values())
        line = go.Scatter(x=x, y=y, mode="lines+markers", line_color="#0072b2", showlegend=False)
        figure.add_trace(line, 1, column)
        figure.update_xaxes(type="log", tickvals=x, ticktext=[f"{number:,}" for number in x], row=1, col=column)
        figure.update_yaxes(type="log", dtick="D2", ticksuffix=" s", row=1, col=column)
    figure.update_layout(template="plotly_white", width=1280, height=320, margin={"l": 50, "r": 20, "t": 50, "b": 40})
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
