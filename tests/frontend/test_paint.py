"""paint.js: a matrix as pixels."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.frontend.scripts import load, load_plotly
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

COLORS = {"cmin": 0, "cmax": 1, "colorscale": [[0, "#000000"], [0.5, "#ff8000"], [1, "#ffffff"]]}


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "parts.js", "plotly_private.js", "paint.js")


def painted(page: "Page", z: list[list[Any]], **colors: Any) -> Any:
    """(row, column, channel)"""
    return page.evaluate(
        """([z, colors]) => {
            const { data, width, height } = pixels(z.map((row) => row.map((v) => v ?? NaN)), colors);
            const at = (row, column) => Array.from(data.subarray(4 * (row * width + column)).subarray(0, 4));
            return Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => at(r, c)));
        }""",
        [z, {**COLORS, **colors}],
    )


def test_every_cell_is_a_pixel_of_its_colour(page: "Page") -> None:
    rows = painted(page, [[0, 1, 0.5], [1, 0, 0.25]])
    assert len(rows) == 2
    assert rows[0][:2] == [[0, 0, 0, 255], [255, 255, 255, 255]]
    assert rows[1][:2] == [[255, 255, 255, 255], [0, 0, 0, 255]]
    assert rows[0][2] == pytest.approx([255, 128, 0, 255], abs=2)
    assert rows[1][2] == pytest.approx([128, 64, 0, 255], abs=2)


def test_the_range_may_lie_anywhere_and_ends_where_it_ends(page: "Page") -> None:
    [row] = painted(page, [[-0.5, 0.5, -9, 9]], cmin=-0.5, cmax=0.5)
    assert row == [[0, 0, 0, 255], [255, 255, 255, 255], [0, 0, 0, 255], [255, 255, 255, 255]]


def test_what_is_not_a_number_stays_clear(page: "Page") -> None:
    assert painted(page, [[None, 1]]) == [[[0, 0, 0, 0], [255, 255, 255, 255]]]


def test_the_diagonal_of_pairs_stays_clear(page: "Page") -> None:
    rows = painted(page, [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert [[cell[3] for cell in row] for row in rows] == [[0, 255, 255], [255, 0, 255], [255, 255, 0]]


def test_nothing_is_painted_where_nothing_is_drawn(page: "Page") -> None:
    got = page.evaluate(
        """(colors) => {
            const plot = document.body.appendChild(document.createElement("div"));
            const cells = new Cells(plot);
            return [cells.paint([[0]], colors), cells.hidden, plot.childElementCount];
        }""",
        COLORS,
    )
    assert got == [False, True, 0]


_OVER = """async (colors) => {
    const plot = document.body.appendChild(document.createElement("div"));
    const z = Array.from({ length: 8 }, (_, r) => Array.from({ length: 8 }, (_, c) => (r * 8 + c) / 63));
    const layout = { width: 500, height: 400, coloraxis: colors, yaxis: { autorange: "reversed" } };
    await Plotly.newPlot(plot, [{ type: "heatmap", z, coloraxis: "coloraxis" }], layout);
    const box = (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left, top, width, height];
    };
    const image = plot.querySelector(".heatmaplayer image");
    const file = Object.assign(new Image(), { src: image.getAttribute("href") ?? image.getAttribute("xlink:href") });
    await file.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: file.width, height: file.height });
    const context = canvas.getContext("2d");
    context.drawImage(file, 0, 0);
    const theirs = z.map((row, r) => row.map((_, c) => Array.from(context.getImageData(
        Math.floor((c + 0.5) * file.width / 8), Math.floor((r + 0.5) * file.height / 8), 1, 1).data)));
    const cells = new Cells(plot);
    const done = cells.paint(z, colors);
    const own = pixels(z, colors).data;
    const ours = z.map((row, r) => row.map((_, c) => Array.from(own.subarray(4 * (r * 8 + c)).subarray(0, 4))));
    const css = { position: "absolute" };
    Object.assign(plot.style, { position: "relative" });
    Object.assign(cells.canvas.style, css);
    return { done, theirs, ours, image: box(image), canvas: box(cells.canvas), hidden: cells.hidden };
}"""


def test_cells_lie_over_plotlys_own_in_the_same_colours(page: "Page") -> None:
    load_plotly(page)
    got = page.evaluate(_OVER, COLORS)
    assert got["done"] is True
    assert got["hidden"] is False
    assert got["canvas"] == pytest.approx(got["image"], abs=1)
    for row in range(8):
        for column in range(8):
            if row == column:
                assert got["ours"][row][column] == [0, 0, 0, 0]
            else:
                assert got["ours"][row][column] == pytest.approx(got["theirs"][row][column], abs=3)
