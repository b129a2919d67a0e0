"""leaving.js: a change of page waits until the server has what was typed, and only then."""

from typing import TYPE_CHECKING

import pytest

from catsel_core.viewer.scripts import joined
from tests.support.browser import NEEDS_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

HTML = """
<a data-testid="stPageLink-NavLink" href="#one">One</a>
<a data-testid="stPageLink-NavLink" href="#other">Other</a>
<a href="#elsewhere">Elsewhere</a>
<textarea></textarea>
<input type="range" min="0" max="9">
<div data-testid="stDataFrame" tabindex="0">cells</div>
"""


@pytest.fixture
def leaving(page: "Page") -> "Page":
    """A page whose links, fields and questions to the server are written down, in order, as `log`."""
    page.clock.install()
    page.set_content(HTML)
    page.evaluate(
        """async (text) => {
            const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
            window.component = (await import(address)).default;
            window.log = [];
            window.setStateValue = (name, value) => { log.push(name); window.asked = value; };
            const mount = { parentElement: document.body, setStateValue };
            window.answer = (answered) => component({ data: [{ answered }], ...mount });
            answer(null);
            for (const link of document.querySelectorAll("a"))
                link.addEventListener("click", (event) => { event.preventDefault(); log.push(link.textContent); });
            document.querySelector("textarea").addEventListener("focusout", () => log.push("handed in"));
        }""",
        joined(["leaving.js"]),
    )
    return page


def log(page: "Page") -> list[str]:
    found: list[str] = page.evaluate("log")
    return found


def test_without_typing_nothing_waits(leaving: "Page") -> None:
    leaving.get_by_text("One").click()
    assert log(leaving) == ["One"]
    leaving.locator("input").press("ArrowRight")  # the layer's slider is no business of the server's
    leaving.get_by_text("Other").click()
    assert log(leaving) == ["One", "Other"]


def test_what_is_typed_is_handed_in_and_the_link_followed_when_the_server_has_it(leaving: "Page") -> None:
    leaving.locator("textarea").press_sequentially("pear")
    leaving.evaluate("() => document.querySelector('a').click()")  # without a press: the field keeps the cursor
    leaving.clock.run_for(1)
    assert log(leaving) == ["handed in", "asked"]
    leaving.evaluate("() => answer(7)")  # to an older question
    assert log(leaving) == ["handed in", "asked"]
    leaving.evaluate("() => answer(asked)")
    assert log(leaving) == ["handed in", "asked", "One"]
    leaving.evaluate("() => document.querySelector('a').click()")  # nothing new
    assert log(leaving)[3:] == ["One"]


def test_a_page_that_was_asked_for_is_being_gone_to_until_it_is_there_or_does_not_come(leaving: "Page") -> None:
    away = "() => catselLeaving.away()"
    assert not leaving.evaluate(away)
    leaving.get_by_text("One").click()  # on this page
    assert not leaving.evaluate(away)
    leaving.evaluate("() => { document.querySelector('a').href = 'http://catsel.test/words'; }")
    leaving.get_by_text("One").click(modifiers=["Control"])  # in a tab of its own
    assert not leaving.evaluate(away)
    leaving.get_by_text("One").click()
    assert leaving.evaluate(away)
    leaving.clock.run_for(20_000)
    assert not leaving.evaluate(away)


def test_of_two_links_the_later_one_counts(leaving: "Page") -> None:
    leaving.locator("textarea").press_sequentially("pear")
    leaving.evaluate("() => document.querySelectorAll('a')[0].click()")
    leaving.evaluate("() => document.querySelectorAll('a')[1].click()")
    leaving.clock.run_for(1)
    leaving.evaluate("() => answer(asked)")
    assert log(leaving) == ["handed in", "asked", "Other"]


def test_a_link_whose_element_was_made_anew_meanwhile_is_followed(leaving: "Page") -> None:
    leaving.locator("textarea").press_sequentially("pear")
    leaving.evaluate("() => document.querySelector('a').click()")
    leaving.clock.run_for(1)
    leaving.evaluate(
        """() => {
            const link = document.querySelector("a");
            const anew = link.cloneNode();
            link.replaceWith(anew);
            anew.addEventListener("click", (event) => { event.preventDefault(); log.push("made anew"); });
            answer(asked);
        }"""
    )
    assert log(leaving)[2:] == ["made anew"]


def test_a_server_that_does_not_answer_holds_nobody_for_ever(leaving: "Page") -> None:
    leaving.locator("textarea").press_sequentially("pear")
    leaving.evaluate("() => document.querySelector('a').click()")
    leaving.clock.run_for(9_000)
    assert log(leaving) == ["handed in", "asked"]
    leaving.evaluate("() => { document.body.dataset.testScriptState = 'running'; }")
    leaving.clock.run_for(5_000)  # it is busy
    assert log(leaving) == ["handed in", "asked"]
    leaving.evaluate("() => { document.body.dataset.testScriptState = 'notRunning'; }")
    leaving.clock.run_for(10_000)
    assert log(leaving) == ["handed in", "asked", "One"]


def test_a_table_is_given_the_time_it_takes_to_tell_of_an_edit(leaving: "Page") -> None:
    leaving.get_by_text("cells").press("a")
    leaving.evaluate("() => document.querySelector('a').click()")
    leaving.clock.run_for(200)
    assert log(leaving) == []
    leaving.clock.run_for(100)
    assert log(leaving) == ["asked"]


def test_links_elsewhere_and_into_new_tabs_are_left_alone(leaving: "Page") -> None:
    leaving.locator("textarea").press_sequentially("pear")
    leaving.evaluate("() => document.querySelectorAll('a')[2].click()")
    assert log(leaving) == ["Elsewhere"]
    leaving.evaluate(
        "() => document.querySelector('a').dispatchEvent(new MouseEvent('click',"
        " { bubbles: true, cancelable: true, ctrlKey: true }))"
    )
    assert log(leaving) == ["Elsewhere", "One"]
