"""chart.js: charts as Streamlit mounts them, with the real plotly."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
import pytest

from catsel_core.viewer.markup import chart_html
from tests.frontend.scripts import FRAME_LATER, LAYERS, chart_data, layer_of, load_plotly, mount, move, show
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = NEEDS_CHROMIUM


def profile() -> go.Figure:
    """Three points that move with their axis, a layer a frame."""
    frames = [
        go.Frame(
            name=name,
            data=[{"type": "scatter", "y": [at, at + 1, 2 * at]}],
            traces=[0],
            layout={"yaxis": {"range": [0, 10 + at]}},
        )
        for at, name in enumerate(LAYERS)
    ]
    return go.Figure([{"type": "scatter", "x": [0, 1, 2], "y": [0, 1, 0], "customdata": [0, 1, 2]}], {}, frames)


def matrix() -> go.Figure:
    """Two words, whose similarity is a tenth of the layer."""
    z = [np.array([[1, at / 10], [at / 10, 1]], np.float32) for at in range(len(LAYERS))]
    frames = [
        go.Frame(
            name=name,
            data=[{"type": "heatmap", "z": z[at]}],
            traces=[0],
            layout={"coloraxis": {"cmin": 0, "cmax": 1}},
        )
        for at, name in enumerate(LAYERS)
    ]
    axis = {"type": "category", "tickvals": [0, 1], "ticktext": ["a", "b"]}
    layout = {
        "coloraxis": {"colorscale": [[0, "#000000"], [1, "#ffffff"]]},
        "xaxis": axis,
        "yaxis": {**axis, "range": [1.5, -0.5]},
    }
    heat = {"type": "heatmap", "x": ["a", "b"], "y": ["a", "b"], "z": z[0], "coloraxis": "coloraxis"}
    return go.Figure([heat], layout, frames)


@pytest.fixture(scope="module")
def with_plotly(visitor: "BrowserContext") -> Iterator["Page"]:
    """Reading plotly takes seconds: once for the file. `failed` lists the errors of what was mounted last."""
    page = visitor.new_page()
    load_plotly(page)
    page.evaluate("() => { history.replaceState = () => {}; }")  # or a test's layer would be where the next one begins
    yield page
    page.close()


@pytest.fixture
def page(with_plotly: "Page") -> Iterator["Page"]:
    """An empty page that has plotly."""
    with_plotly.evaluate("() => { window.catselBuses = undefined; }")
    yield with_plotly
    with_plotly.evaluate("() => leave()")


def chart(page: "Page", figure: go.Figure, **more: Any) -> None:
    readings = [f"At {name}." for name in LAYERS]
    mount(page, "chart", chart_html(), chart_data(figure, readings=readings, **more))
    page.evaluate("() => { window.failed = []; addEventListener('error', ({ message }) => failed.push(message)); }")
    page.wait_for_selector(".plot .main-svg")
    page.wait_for_function("() => document.querySelector('.catsel-chart').catselView.visible")


def test_points_move_without_being_drawn_anew(page: "Page") -> None:
    chart(page, profile())
    assert page.locator("figcaption").inner_text() == "At L3."
    page.evaluate(
        "() => { window.drawn = 0; const { react } = Plotly;"
        " Plotly.react = (...all) => { drawn += 1; return react(...all); }; }"
    )
    move(page, "layer", 2)
    assert page.locator("figcaption").inner_text() == "At L1."
    assert page.locator(".plot").get_attribute("aria-label") == "Some chart. At L1."
    assert page.evaluate("() => document.querySelector('.catsel-chart').catselView.traces[0].y") == [2, 3, 4]
    assert page.evaluate("() => drawn") == 0
    assert page.evaluate("() => document.querySelector('.plot').layout.yaxis.range") == [0, 12]
    assert page.evaluate("() => failed") == []


def two_curves() -> go.Figure:
    """Two curves that are as high as the layer, with a legend."""
    curves = [{"type": "scatter", "name": name, "x": [0, 1], "y": [0, 0]} for name in "ab"]
    frames = [
        go.Frame(name=name, data=[{"type": "scatter", "y": [at, at]}] * 2, traces=[0, 1])
        for at, name in enumerate(LAYERS)
    ]
    return go.Figure(curves, {"showlegend": True, "yaxis": {"range": [-1, 9]}}, frames)


def hide_or_show(page: "Page", curve: int, visible: str) -> None:
    """As a click in the legend does, whose two clicks plotly waits for."""
    page.locator(".legendtoggle").nth(curve).click()
    page.wait_for_function(
        "([curve, visible]) => String(document.querySelector('.plot')._fullData[curve].visible) === visible",
        arg=[curve, visible],
    )


def test_a_curve_that_was_hidden_stays_hidden_and_comes_back_as_it_is_now(page: "Page") -> None:
    chart(page, two_curves())
    hide_or_show(page, 1, "legendonly")
    for layer in (2, 3):
        move(page, "layer", layer)
        assert page.evaluate("() => document.querySelectorAll('.plot .scatter').length") == 1
    page.evaluate("() => document.querySelector('.catsel-chart').catselView.draw()")
    assert page.evaluate("() => document.querySelector('.plot')._fullData[1].visible") == "legendonly"
    hide_or_show(page, 1, "true")
    page.wait_for_function("() => document.querySelectorAll('.plot .scatter').length === 2")
    heights = page.evaluate("() => document.querySelector('.plot').calcdata.map((points) => points[0].y)")
    assert heights == [3, 3]


def test_other_curves_are_not_hidden_for_that(page: "Page") -> None:
    chart(page, two_curves())
    hide_or_show(page, 1, "legendonly")
    figure = two_curves()
    figure.data[1].name = "c"
    show(page, chart_data(figure, readings=[f"At {name}." for name in LAYERS]))
    page.wait_for_function("() => document.querySelectorAll('.plot .scatter').length === 2")


def test_a_click_on_a_point_picks_its_layer(page: "Page") -> None:
    chart(page, profile())
    page.evaluate("() => document.querySelector('.plot').emit('plotly_click', { points: [{ customdata: 1 }] })")
    page.evaluate(FRAME_LATER)
    assert layer_of(page, "layer") == 1
    assert page.locator("figcaption").inner_text() == "At L0."


def test_cells_are_painted_while_the_layer_moves_and_drawn_when_it_rests(page: "Page") -> None:
    chart(page, matrix())
    move(page, "layer", 2)
    assert page.locator("canvas.cells").is_visible()
    colours = page.locator("canvas.cells").evaluate(
        "(canvas) => Array.from(canvas.getContext('2d').getImageData(1, 0, 1, 1).data)"
    )
    assert colours == [51, 51, 51, 255]
    page.wait_for_function("() => document.querySelector('canvas.cells').hidden")
    drawn = page.evaluate("() => Array.from(document.querySelector('.plot').data[0].z, (row) => Array.from(row))")
    assert drawn == [[1, pytest.approx(0.2)], [pytest.approx(0.2), 1]]


def test_a_click_on_a_cell_shows_its_texts_and_frames_it(page: "Page") -> None:
    passages = [{"name": name, "before": "", "target": name, "after": ""} for name in "ab"]
    chart(page, matrix(), passages=passages)
    page.evaluate("() => document.querySelector('.plot').emit('plotly_click', { points: [{ pointNumber: [0, 1] }] })")
    assert page.locator(".passages output").inner_text() == "cosine similarity 0.400 at L3"
    assert page.locator(".picked").is_visible()
    move(page, "layer", 1)
    assert page.locator(".passages output").inner_text() == "cosine similarity 0.100 at L0"


def test_a_map_of_layers_follows_two_buses_and_moves_both(page: "Page") -> None:
    heat = {"type": "heatmap", "name": "RSA", "x": ["L0", "L1", "L2"], "y": ["L0", "L1"], "z": [[0, 1, 2], [3, 4, 5]]}
    chart(page, go.Figure([heat]), across="layer-b")
    page.evaluate("() => document.querySelector('.plot').emit('plotly_click', { points: [{ pointNumber: [1, 2] }] })")
    page.evaluate(FRAME_LATER)
    assert (layer_of(page, "layer"), layer_of(page, "layer-b")) == (1, 2)
    assert page.locator("figcaption").inner_text() == "A L1, B L2: RSA 5.000. At embeddings."
    move(page, "layer", 0)
    assert page.locator("figcaption").inner_text() == "A L0, B L2: RSA 2.000. At embeddings."


def test_a_chart_takes_another_figure_and_leaves_nothing_behind(page: "Page") -> None:
    chart(page, profile())
    figure = profile()
    figure.data[0].x = [5, 6, 7]
    show(page, chart_data(figure, title="Another", readings=["One."]))
    page.wait_for_function("() => document.querySelector('.plot').data[0].x[0] === 5")
    assert page.locator(".title").inner_text() == "Another"
    assert page.locator("figcaption").inner_text() == "One."
    page.evaluate("() => leave()")
    assert page.locator(".plot .main-svg").count() == 0
    move(page, "layer", 0)
    assert page.evaluate("() => failed") == []


def test_a_chart_without_plotly_says_so(visitor: "BrowserContext") -> None:
    page = visitor.new_page()
    mount(page, "chart", chart_html(), chart_data(profile(), plotly="data:,nothing"))
    page.get_by_text("This chart could not be drawn.").wait_for()
    page.close()


def test_the_frame_of_a_picked_cell_goes_when_other_items_come(page: "Page") -> None:
    def passages(*names: str) -> list[dict[str, str]]:
        return [{"name": name, "before": "", "target": name, "after": ""} for name in names]

    readings = [f"At {name}." for name in LAYERS]
    chart(page, matrix(), passages=passages("a", "b"))
    page.evaluate("() => document.querySelector('.plot').emit('plotly_click', { points: [{ pointNumber: [0, 1] }] })")
    assert page.locator(".picked").count() == 1
    show(page, chart_data(matrix(), readings=readings, passages=passages("a", "b")))  # the same, told anew
    assert page.locator(".picked").count() == 1
    show(page, chart_data(matrix(), readings=readings, passages=passages("c", "d")))
    assert page.locator(".picked").count() == 0


def test_a_matrix_takes_the_height_of_the_window(page: "Page") -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    chart(page, matrix(), height=0.92)
    tall = page.evaluate("() => document.querySelector('.plot')._fullLayout.height")
    page.set_viewport_size({"width": 1280, "height": 600})
    page.wait_for_function("(tall) => document.querySelector('.plot')._fullLayout.height < tall - 250", arg=tall)
    page.set_viewport_size({"width": 1280, "height": 1500})
