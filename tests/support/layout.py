"""Where things are on a page, at the sizes of screens that people have."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, ViewportSize

    Size = ViewportSize
else:
    Size = dict

LAPTOP: Size = {"width": 1366, "height": 768}
LARGE: Size = {"width": 1920, "height": 1080}
WINDOW: Size = {"width": 1280, "height": 900}
TABLET: Size = {"width": 820, "height": 1180}
PHONE: Size = {"width": 360, "height": 740}

_AT_REST = """() => new Promise((resolve) => {
    const parts = ".catsel-chart, .catsel-chart .main-svg, .catsel-slider, [data-testid=stSidebar]";
    const places = () => JSON.stringify([...document.querySelectorAll(parts)].map((e) => e.getBoundingClientRect()));
    let [last, since] = [places(), performance.now()];
    const look = () => {
        const now = places();
        if (now !== last) [last, since] = [now, performance.now()];
        if (performance.now() - since > 450) resolve(); else requestAnimationFrame(look);
    };
    look();
})"""
"""The sidebar is folded 300 ms after a change of width; charts follow."""

_CUT_OFF = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const right = main.getBoundingClientRect().right + 1;
    const parts = "figure, .plot, figcaption, .catsel-slider, .catsel-slider *, h1, p";
    const wide = [...main.querySelectorAll(parts)].filter((e) => e.getBoundingClientRect().right > right);
    const text = [...main.querySelectorAll(".main-svg text")].filter((element) => {
        const box = element.getBoundingClientRect();
        const frame = element.closest(".plot").getBoundingClientRect();
        return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2
            || box.bottom > frame.bottom + 2 || box.top < frame.top - 2);
    });
    const whole = [...main.querySelectorAll(".catsel-chart .title, .stButtonGroup [role=radiogroup]")];
    const held = whole.filter((e) => e.scrollWidth > e.clientWidth + 1);
    return [...wide.map((e) => e.className || e.tagName), ...[...text, ...held].map((e) => e.textContent)];
}"""


def resize(page: "Page", size: Size) -> None:
    """Make the window so large, and wait until everything has taken its place."""
    page.set_viewport_size(size)
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
    page.evaluate(_AT_REST)


def box(thing: "Locator") -> Any:
    """Where it is in the window."""
    return thing.evaluate("(element) => element.getBoundingClientRect().toJSON()")


def cut_off(page: "Page") -> list[str]:
    """What reaches beyond the page, and words of charts beyond their picture, if charts had time to be drawn again."""
    found: list[str] = page.evaluate(_CUT_OFF)
    for _ in range(10):
        if not found:
            break
        page.wait_for_timeout(300)
        found = page.evaluate(_CUT_OFF)
    return found


def assert_in_sight(page: "Page", size: Size) -> None:
    """All sliders are, and the first figure with its heading and its reading."""
    sliders = [box(slider) for slider in page.locator(".catsel-slider").all()]
    first = box(page.locator(".catsel-chart").first)
    assert sliders
    assert all(slider["top"] >= 0 and slider["bottom"] <= size["height"] for slider in sliders)
    assert max(slider["bottom"] for slider in sliders) <= first["top"]
    assert first["bottom"] <= size["height"]
    assert first["right"] <= size["width"]
