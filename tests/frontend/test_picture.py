"""picture.js: what a chart is when it is taken along."""

import base64
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest

from catsel_core.figures import mean_profile
from catsel_core.viewer.markup import chart_html
from tests.figures.made_up_items import matrix_of, split_item
from tests.figures.made_up_words import LAYERS, STATISTICS
from tests.frontend.scripts import chart_data, load_plotly, mount, move
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = NEEDS_CHROMIUM

SVG = "{http://www.w3.org/2000/svg}"
FONT = base64.b64encode(b"no font, but its bytes").decode()
STYLE = f"""<style>
@font-face {{ font-family: "Some Sans"; font-weight: 200 900;
  src: url(data:font/woff2;base64,{FONT}) format("woff2"); }}
:root {{ --st-font: "Some Sans", sans-serif; --st-text-color: #ececf4; --st-background-color: #14151c; }}
</style>"""
ABOUT = ["A model & its prompt: “<b>{word}</b>” · last piece", "fruit (3), " + "very long category names " * 20]


@pytest.fixture(scope="module")
def with_plotly(visitor: "BrowserContext") -> Iterator["Page"]:
    page = visitor.new_page()
    load_plotly(page)
    yield page
    page.close()


@pytest.fixture
def page(with_plotly: "Page") -> "Page":
    curves = [{"type": "scatter", "x": [0, 1], "y": [0, 1], "name": name} for name in ("within", "across")]
    frames = [go.Frame(name=name, data=[{"type": "scatter", "y": [0, 2]}], traces=[0]) for name in ("Emb", "L0")]
    data: dict[str, Any] = {"about": ABOUT, "list": "fruit-tools", "readings": ["At Emb a < b.", "At L0 a > b."]}
    mount(with_plotly, "chart", STYLE + chart_html(), chart_data(go.Figure(curves, {}, frames), **data))
    with_plotly.wait_for_selector(".main-svg")
    move(with_plotly, "layer", 0)
    return with_plotly


def saved(page: "Page", kind: str, tmp_path: Path, size: str = "", **click: Any) -> Path:
    page.get_by_label("Size of saved pictures").select_option(size)
    with page.expect_download() as caught:
        page.get_by_role("button", name=kind, exact=True).click(**click)
    stem = "-".join(filter(None, ("catsel-some-fruit-tools-Emb", size)))
    assert caught.value.suggested_filename == f"{stem}.{kind.lower()}"
    path = tmp_path / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def texts(picture: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in picture.findall(f"{SVG}g/{SVG}text")]


def test_an_svg_says_what_it_shows_above_and_below_the_chart(page: "Page", tmp_path: Path) -> None:
    picture = ET.fromstring(saved(page, "SVG", tmp_path).read_text(encoding="utf-8"))
    said = texts(picture)
    assert said[0] == "Some chart"
    assert said[1] == ABOUT[0]
    assert " ".join(said[2:-2]) == ABOUT[1].strip()
    assert said[-2] == "Layer: Emb"
    assert len(said) > 5  # a long line takes several
    assert said[-1] == "At Emb a < b."
    chart = picture.find(f"{SVG}svg")
    assert chart is not None
    assert float(chart.get("y", 0)) > 60
    assert float(picture.get("height", 0)) > float(chart.get("y", 0)) + float(chart.get("height", 0)) + 20
    assert [text.text for text in chart.iter(f"{SVG}text") if text.get("class") == "legendtext"] == ["within", "across"]


def test_an_svg_brings_its_font_and_lies_on_white_unless_asked_otherwise(page: "Page", tmp_path: Path) -> None:
    light = saved(page, "SVG", tmp_path).read_text(encoding="utf-8")
    assert f'@font-face{{font-family:"Some Sans";font-weight:200 900;src:url(data:font/woff2;base64,{FONT})' in light
    assert 'fill="#FFFFFF"' in light
    assert "#14151c" not in light
    assert "rgb(236, 236, 244)" not in light
    seen = saved(page, "SVG", tmp_path, modifiers=["Shift"]).read_text(encoding="utf-8")
    assert 'fill="#14151c"' in seen
    assert "rgb(236, 236, 244)" in seen


def test_a_png_is_the_same_picture_at_twice_the_size(page: "Page", tmp_path: Path) -> None:
    svg = ET.fromstring(saved(page, "SVG", tmp_path).read_text(encoding="utf-8"))
    png = saved(page, "PNG", tmp_path).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (2 * int(svg.get("width", 0)), 2 * int(svg.get("height", 0)))


def test_a_curve_that_is_hidden_in_the_legend_is_not_in_the_picture(page: "Page", tmp_path: Path) -> None:
    page.locator(".legendtoggle").first.click()
    page.wait_for_timeout(700)  # plotly waits for a second click
    svg = saved(page, "SVG", tmp_path).read_text(encoding="utf-8")
    assert len(re.findall(r'class="trace scatter', svg)) == 1


def test_lines_break_where_the_picture_ends(page: "Page") -> None:
    page.add_script_tag(path=Path(__file__).parents[2] / "catsel_core/viewer/frontend/parts.js")
    page.add_script_tag(path=Path(__file__).parents[2] / "catsel_core/viewer/frontend/picture.js")
    broken = page.evaluate(
        "() => wrapped({ text: 'one two  three\\nfour', size: 20, weight: 400 }, 120, 'monospace').map((l) => l.text)"
    )
    assert broken == ["one two", "three", "four"]
    assert page.evaluate("() => wrapped({ text: '', size: 20, weight: 400 }, 120, 'monospace')") == []
    assert page.evaluate("() => quoted('<a & \"b\">')") == "&lt;a &amp; &quot;b&quot;&gt;"


OUTSIDE = """(svg) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = svg;
    const whole = place.querySelector("svg").getBoundingClientRect();
    const texts = [...place.querySelectorAll("text")].filter((text) => text.textContent.trim());
    const out = texts.filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < whole.left - 1 || box.right > whole.right + 1
            || box.top < whole.top - 1 || box.bottom > whole.bottom + 1;
    });
    place.remove();
    return [texts.length, out.map((text) => text.textContent)];
}"""
"""How many texts a picture has, and which of them are cut."""

SQUARE = {"slide": (1920, 1080), "square": (1200, 1200)}


def of_words(count: int) -> go.Figure:
    """A matrix of words in many categories, with the longest labels that there are."""
    chart = matrix_of([split_item(f"blackcurrants {at}", f"kind {at // 3}", "x") for at in range(count)], layers=2)
    return chart.figure


def of_profiles() -> go.Figure:
    return mean_profile(STATISTICS, LAYERS).figure


@pytest.mark.parametrize(
    ("figure", "size"),
    [(of_words(24), "slide"), (of_words(24), "a4"), (of_words(24), "square"), (of_profiles(), "slide")],
    ids=["matrix-slide", "matrix-a4", "matrix-square", "profiles-slide"],
)
def test_a_picture_of_a_chosen_size_is_whole(with_plotly: "Page", figure: go.Figure, size: str, tmp_path: Path) -> None:
    page = with_plotly
    data: dict[str, Any] = {"about": ABOUT, "list": "fruit-tools", "readings": ["At Emb a < b.", "At L0 a > b."]}
    mount(page, "chart", STYLE + chart_html(), chart_data(figure, **data, height=0.92))
    page.wait_for_selector(".main-svg")
    move(page, "layer", 0)
    wide, high = struct.unpack(">II", saved(page, "PNG", tmp_path, size).read_bytes()[16:24])
    svg = saved(page, "SVG", tmp_path, size).read_text(encoding="utf-8")
    picture = ET.fromstring(svg)
    laid_wide, laid_high = map(float, picture.get("viewBox", "").split()[2:])
    assert high / wide == pytest.approx(laid_high / laid_wide, abs=1e-3)
    if size == "a4":
        assert (wide, picture.get("width")) == (1890, "160mm")
        assert picture.get("height") == f"{160 * laid_high / laid_wide:.2f}mm"
    else:
        assert (wide, high) == SQUARE[size]
        assert (picture.get("width"), picture.get("height")) == (str(wide), str(high))
    count, cut = page.evaluate(OUTSIDE, svg)
    assert cut == []
    assert count > 12
    assert page.locator("body > div[style*=fixed]").count() == 0  # what was laid out out of sight is gone


def test_the_size_is_chosen_for_all_charts_of_the_tab(page: "Page", tmp_path: Path) -> None:
    saved(page, "PNG", tmp_path, "square")
    mount(page, "chart", STYLE + chart_html(), chart_data(go.Figure([{"type": "scatter", "y": [0, 1]}])))
    assert page.get_by_label("Size of saved pictures").input_value() == "square"
