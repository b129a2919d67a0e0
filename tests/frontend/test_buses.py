"""buses.js: the layer that everyone looks at."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.frontend.scripts import FRAME_LATER, load
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(autouse=True)
def scripts(page: "Page") -> None:
    load(page, "buses.js")


def later(page: "Page", steps: str) -> Any:
    """Run steps with a bus and a list `heard`, and give the list a repaint later."""
    page.evaluate(f"() => {{ const bus = busOf('layer'); const heard = window.heard = []; {steps} }}")
    page.evaluate(FRAME_LATER)
    return page.evaluate("() => heard")


def test_a_layer_is_one_that_there_is(page: "Page") -> None:
    assert page.evaluate("() => [1, 3, 5, 31].map((count) => busOf('layer').of(count))") == [0, 2, 4, 4]
    assert page.evaluate("() => { busOf('layer').set(-3); return busOf('layer').of(9); }") == 0


def test_everyone_gets_the_same_bus_by_its_name(page: "Page") -> None:
    assert page.evaluate("() => busOf('layer') === busOf('layer')")
    assert page.evaluate("() => busOf('layer') !== busOf('layer-b')")


def test_many_moves_within_a_frame_are_told_once_with_the_last(page: "Page") -> None:
    steps = "bus.subscribe(() => heard.push(bus.of(99))); for (const at of [1, 2, 3, 7]) bus.set(at);"
    assert later(page, f"{steps} heard.push('not yet');") == ["not yet", 7]
    assert later(page, "bus.subscribe(() => heard.push(bus.of(99))); bus.set(8);") == [8]  # and the next frame again


def test_all_who_subscribe_are_told_until_they_leave(page: "Page") -> None:
    steps = "const leave = bus.subscribe(() => heard.push('left')); bus.subscribe(() => heard.push('stays')); leave();"
    assert later(page, f"{steps} bus.set(2);") == ["stays"]


def test_who_leaves_while_being_told_takes_nobody_elses_turn(page: "Page") -> None:
    steps = "const leave = bus.subscribe(() => { heard.push('first'); leave(); }); bus.subscribe(() => heard.push(2));"
    assert later(page, f"{steps} bus.set(2);") == ["first", 2]


def test_who_comes_while_others_are_told_waits_for_the_next_move(page: "Page") -> None:
    steps = "bus.subscribe(() => { heard.push(1); bus.subscribe(() => heard.push('new')); }); bus.set(2);"
    assert later(page, steps) == [1]
    page.evaluate("() => busOf('layer').set(3)")
    page.evaluate(FRAME_LATER)
    assert page.evaluate("() => heard") == [1, 1, "new"]


def test_only_a_users_pick_makes_a_leader_let_go(page: "Page") -> None:
    assert later(page, "bus.led(() => heard.push('let go')); bus.set(3);") == []
    assert later(page, "bus.led(() => heard.push('me too')); bus.pick(3);") == ["me too"]
    assert later(page, "const leave = bus.led(() => heard.push('gone')); leave(); bus.pick(5);") == []
    assert page.evaluate("() => busOf('layer').of(99)") == 5


def test_the_tab_keeps_the_layer_where_it_may(page: "Page") -> None:
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://localhost/empty")
    load(page, "buses.js")
    later(page, "bus.set(6); busOf('layer-b').set(2);")
    page.reload()
    load(page, "buses.js")
    assert page.evaluate("() => ['layer', 'layer-b', 'other'].map((name) => busOf(name).of(99))") == [6, 2, 4]
    page.evaluate("() => sessionStorage.setItem('catsel.broken', 'no number')")
    assert page.evaluate("() => busOf('broken').of(99)") == 0


def test_a_new_tab_begins_at_the_layer_of_the_last_one(page: "Page") -> None:
    empty = "<!doctype html>"
    page.context.route("http://tabs.test/**", lambda route: route.fulfill(body=empty, content_type="text/html"))
    page.goto("http://tabs.test/")
    load(page, "buses.js")
    later(page, "bus.set(6);")
    other = page.context.new_page()
    other.goto("http://tabs.test/")
    load(other, "buses.js")
    assert other.evaluate("() => busOf('layer').of(99)") == 6
    later(other, "bus.set(2);")
    page.reload()
    load(page, "buses.js")
    assert page.evaluate("() => busOf('layer').of(99)") == 6  # each keeps its own
    other.close()


def test_an_address_names_the_layer_it_rests_at_and_opens_there(page: "Page") -> None:
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://localhost/one_layer?embed=true&layer=7#part")
    load(page, "buses.js")
    assert page.evaluate("() => ['layer', 'layer-b'].map((name) => busOf(name).of(99))") == [7, 4]
    entries = page.evaluate("() => history.length")
    later(page, "for (const at of [8, 9, 10]) bus.set(at); busOf('layer-b').set(3);")
    page.wait_for_function("() => location.search === '?embed=true&layer=10&layer-b=3'")
    assert page.evaluate("() => location.pathname + location.hash") == "/one_layer#part"
    assert page.evaluate("() => history.length") == entries
    page.reload()
    load(page, "buses.js")
    assert page.evaluate("() => ['layer', 'layer-b'].map((name) => busOf(name).of(99))") == [10, 3]


@pytest.mark.parametrize("asked", ["", "L3", "-1", "1e2", "9999", "3.5"])
def test_an_address_that_asks_for_no_layer_changes_nothing(page: "Page", asked: str) -> None:
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"http://localhost/?layer={asked}")
    load(page, "buses.js")
    assert page.evaluate("() => busOf('layer').of(99)") == 4


def test_without_storage_it_works_for_this_page(page: "Page") -> None:
    """An empty page has none: asking for it raises an error."""
    ask = "() => { try { return String(sessionStorage); } catch (error) { return error.name; } }"
    assert page.evaluate(ask) == "SecurityError"
    assert later(page, "bus.subscribe(() => heard.push(bus.of(99))); bus.set(1);") == [1]
