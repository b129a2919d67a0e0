"""marks.js and plotly_private.js on what the real plotly has drawn."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from catsel_core.viewer.scripts import FRONTEND
from tests.frontend.scripts import PLOTLY, load, load_plotly
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = NEEDS_CHROMIUM

LAYOUT = {"width": 500, "height": 400, "xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 10]}, "showlegend": True}
SCATTER = {"type": "scatter", "mode": "lines+markers", "x": [1, 2, 3], "y": [1, 4, 2]}
STILL = {"type": "scatter", "mode": "lines+markers", "x": [0, 9], "y": [9, 9]}
HEAT = {"type": "heatmap", "z": [[0, 1, 2], [3, 4, 5]]}


@pytest.fixture(scope="module")
def drawing(visitor: "BrowserContext") -> Iterator["Page"]:
    """A page with plotly: `drawn(traces, layout)` draws a new `plot`, and `seen()` tells where its marks lie."""
    page = visitor.new_page()
    load_plotly(page)
    load(page, "plotly_private.js", "marks.js")
    page.evaluate(
        """() => {
            window.drawn = async (traces, layout) => {
                document.body.replaceChildren();
                window.plot = document.body.appendChild(document.createElement("div"));
                await Plotly.newPlot(plot, structuredClone(traces), structuredClone(layout));
            };
            const numbers = (text) => text.match(/-?[\\d.]+/g).map(Number);
            const all = (marks, name) => [...plot.querySelectorAll(marks)]
                .map((mark) => numbers(mark.getAttribute(name)));
            const commands = (line) => line.getAttribute("d").replace(/[^A-Z]/g, "");
            window.seen = () => ({
                points: all(".points > path", "transform"),
                lines: all(".js-line", "d"),
                commands: Array.from(plot.querySelectorAll(".js-line"), commands),
            });
        }"""
    )
    yield page
    page.close()


def draw(page: "Page", traces: list[dict[str, Any]], **layout: Any) -> Any:
    page.evaluate("([traces, layout]) => drawn(traces, layout)", [traces, {**LAYOUT, **layout}])
    return page.evaluate("() => seen()")


def renumbered(page: "Page", frame: dict[str, Any]) -> bool:
    done: bool = page.evaluate(
        """(frame) => {
            const data = frame.data.map((patch) => ({ ...patch, y: patch.y.map((y) => y ?? NaN) }));
            return renumber(plot, { ...frame, data });
        }""",
        frame,
    )
    return done


def test_moved_marks_lie_where_plotly_draws_them(drawing: "Page") -> None:
    moved = {**SCATTER, "x": [2, 5, 9], "y": [8, 0.5, 3.25]}
    wanted = draw(drawing, [STILL, moved])
    before = draw(drawing, [STILL, SCATTER])
    assert renumbered(drawing, {"data": [{"x": moved["x"], "y": moved["y"]}], "traces": [1]})
    assert drawing.evaluate("() => seen()") == before  # the numbers alone move nothing
    drawing.evaluate("() => place(plot, [1])")
    after = drawing.evaluate("() => seen()")
    assert after != before
    assert after["commands"] == wanted["commands"]
    for kind in ("points", "lines"):
        for one, other in zip(after[kind], wanted[kind], strict=True):
            assert one == pytest.approx(other, abs=0.02)


def test_new_numbers_are_kept_when_plotly_draws_new_axes(drawing: "Page") -> None:
    wanted = draw(drawing, [{**SCATTER, "y": [5, 15, 10]}], yaxis={"range": [0, 20]})
    draw(drawing, [SCATTER])
    assert renumbered(drawing, {"data": [{"y": [5, 15, 10]}], "traces": [0]})
    drawing.evaluate("() => Plotly.relayout(plot, { 'yaxis.range': [0, 20] })")
    after = drawing.evaluate("() => seen()")
    for one, other in zip(after["points"], wanted["points"], strict=True):
        assert one == pytest.approx(other, abs=0.02)


@pytest.mark.parametrize(
    ("trace", "patch"),
    [
        (SCATTER, {"y": [1, None, 2]}),  # a point goes
        ({**SCATTER, "y": [1, None, 2]}, {"y": [1, 4, 2]}),  # one comes
        (SCATTER, {"y": [1, 4]}),
        (SCATTER, {"y": [1, 4, 2], "x": ["a", "b", "c"]}),
        (HEAT, {"y": [1, 2, 3]}),
    ],
)
def test_points_that_come_or_go_are_left_to_plotly(
    drawing: "Page", trace: dict[str, Any], patch: dict[str, Any]
) -> None:
    draw(drawing, [STILL, trace])
    numbers = "() => plot.calcdata.map((points) => points.map(({ x, y }) => [x, y]))"
    before = drawing.evaluate(numbers)
    frame = {"data": [{"y": [1, 1]}, patch], "traces": [0, 1]}
    assert not renumbered(drawing, frame)
    assert drawing.evaluate(numbers) == before  # of no trace


def test_a_hidden_curve_does_not_keep_others_from_moving(drawing: "Page") -> None:
    hidden = {**SCATTER, "visible": "legendonly"}
    wanted = draw(drawing, [hidden, {**STILL, "y": [3, 4]}])
    draw(drawing, [hidden, STILL])
    assert renumbered(drawing, {"data": [{"y": [5, 5, 5]}, {"y": [3, 4]}], "traces": [0, 1]})
    drawing.evaluate("() => place(plot, [0, 1])")
    after = drawing.evaluate("() => seen()")
    assert len(after["points"]) == 2
    for one, other in zip(after["points"], wanted["points"], strict=True):
        assert one == pytest.approx(other, abs=0.02)


def test_nothing_can_be_moved_before_it_is_drawn(drawing: "Page") -> None:
    drawing.evaluate("() => { window.plot = document.createElement('div'); }")
    assert not renumbered(drawing, {"data": [{"y": [1]}], "traces": [0]})
    assert drawing.evaluate("() => drawnBox(plot, [0, 0], [0, 0])") is None
    assert drawing.evaluate("() => drawnPoints(plot, 0)") is None
    assert drawing.evaluate("() => drawnSizes(plot)") == {"side": 0, "legendHeight": 0}
    drawing.evaluate("() => place(plot, [0])")  # which raises no error


@pytest.mark.parametrize("upwards", [True, False])
def test_the_box_of_all_cells_is_that_of_the_picture(drawing: "Page", upwards: bool) -> None:
    axes = {"xaxis": {"range": [-0.5, 2.5]}, "yaxis": {"range": [-0.5, 1.5] if upwards else [1.5, -0.5]}}
    draw(drawing, [HEAT], **axes)
    picture = drawing.evaluate(
        """() => {
            const parts = [plot, plot.querySelector(".heatmaplayer image")];
            const [outer, inner] = parts.map((part) => part.getBoundingClientRect());
            const { width, height } = inner;
            return { left: inner.left - outer.left, top: inner.top - outer.top, width, height };
        }"""
    )
    whole = drawing.evaluate("() => drawnBox(plot, [0, 1], [0, 2])")
    assert whole == pytest.approx(picture, abs=1)
    cell = drawing.evaluate("() => drawnBox(plot, [1, 1], [2, 2])")
    assert cell["left"] == pytest.approx(whole["left"] + whole["width"] * 2 / 3, abs=0.1)
    assert cell["top"] == pytest.approx(whole["top"] + (0 if upwards else whole["height"] / 2), abs=0.1)
    assert (cell["width"], cell["height"]) == pytest.approx((whole["width"] / 3, whole["height"] / 2), abs=0.1)


def test_the_sizes_are_those_on_the_page(drawing: "Page") -> None:
    draw(drawing, [SCATTER, STILL])
    sizes = drawing.evaluate("() => drawnSizes(plot)")
    rectangles = drawing.evaluate(
        """() => [".nsewdrag", ".legend .bg"].map(
            (mark) => plot.querySelector(mark).getBoundingClientRect().height)"""
    )
    assert sizes["side"] == pytest.approx(rectangles[0], abs=2)
    assert sizes["legendHeight"] == pytest.approx(rectangles[1], abs=2)


def test_plotlys_insides_were_read_in_the_version_that_runs() -> None:
    """After an update: read plotly_private.js against the new plotly.js, then change the version it names."""
    running = re.search(r"plotly\.js v([\d.]+)", PLOTLY.read_text(encoding="utf-8")[:500])
    assert running
    assert f"Read in plotly.js {running[1]}." in (FRONTEND / "plotly_private.js").read_text(encoding="utf-8")


def test_nobody_else_uses_plotlys_insides() -> None:
    """As the linter says, where there is one."""
    inside = re.compile(r"\b_full|\bcalcdata\b|\bnode3\b|\._\w+|\b[clpr]2[clpr]\b|\b_(?:offset|length|height)\b")
    others = [path for path in FRONTEND.glob("*.js") if path.name != "plotly_private.js"]
    assert others
    assert [path.name for path in others if inside.search(path.read_text(encoding="utf-8"))] == []


def test_words_beside_marks_move_with_them(drawing: "Page") -> None:
    words = {"mode": "markers+text", "text": ["a", "b", "c"], "textposition": "top center"}
    places = """() => [...plot.querySelectorAll(".textpoint")].map((word) => {
        const box = word.getBoundingClientRect();
        return [box.left, box.top];
    })"""
    moved = {**SCATTER, **words, "x": [2, 5, 9], "y": [8, 0.5, 3.25]}
    draw(drawing, [moved])
    wanted = drawing.evaluate(places)
    draw(drawing, [{**SCATTER, **words}])
    assert renumbered(drawing, {"data": [{"x": moved["x"], "y": moved["y"]}], "traces": [0]})
    drawing.evaluate("() => place(plot, [0])")
    for one, other in zip(drawing.evaluate(places), wanted, strict=True):
        assert one == pytest.approx(other, abs=0.05)
