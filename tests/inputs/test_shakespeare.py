"""Plays as plain text: no markup, and without directions nothing but what is said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.inputs import shakespeare
from catsel_core.inputs.shakespeare import plain
from catsel_core.inputs.texts import MAX_TEXT_CHARACTERS
from tests.support.core_fixtures import property_test

PLAY = "\n".join(
    (
        "# The Owl",
        "",
        "## ACT I",
        "",
        "### SCENE I. A barn. The OWL asleep.",
        "",
        "_Enter the FARMER, with a lantern, and",
        "two servants_",
        "",
        "**FARMER**  ",
        "Who's there?  ",
        "I hear her & her \"young\"--'\\--o' nights.",
        "",
        "**OWL**  ",
        "__\\[Awaking]_  ",
        "Thou art a _very_ early man;  ",
        "And ever _\\[ ]_  ",
        "oft _\\[Censorinus,]_  ",
        "asleep.",
        "",
        "[Within]_  ",
        "Ho!",
        "",
        "*Exeunt.*",
        "",
        "**OWL**  ",
        "*[Aside.]*  ",
        "They are gone, &amp; c.",
        "",
    )
)

SAID = """Who's there?
I hear her & her "young"--'--o' nights.

Thou art a very early man;
And ever
oft Censorinus,
asleep.

Ho!

They are gone, & c."""

WHOLE = """The Owl

ACT I

SCENE I. A barn. The OWL asleep.

Enter the FARMER, with a lantern, and
two servants

FARMER
Who's there?
I hear her & her "young"--'--o' nights.

OWL
Awaking
Thou art a very early man;
And ever
oft Censorinus,
asleep.

Within
Ho!

Exeunt.

OWL
Aside.
They are gone, & c."""


def test_nothing_but_what_is_said() -> None:
    assert plain(PLAY) == SAID


def test_with_headings_speakers_and_directions() -> None:
    assert plain(PLAY, directions=True) == WHOLE


def test_a_direction_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert plain("_Enter a GHOST\nin arms\n\n**GHOST**\nMark me.\n") == "Mark me."


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "**HAMLET**", "_Exit_", "_Enter GHOST,", "in arms_", "*Dies.*", "## ACT I", "[Aside]_"]),
        st.text(st.characters(codec="utf-8", exclude_characters="_*\\#[]&", exclude_categories=["Cc", "Zl", "Zp"])),
    )
)


@property_test
@given(LINES)
def test_no_markup_is_left_and_what_is_said_is_part_of_the_whole(lines: list[str]) -> None:
    markdown = "\n".join(lines)
    said, whole = plain(markdown), plain(markdown, directions=True)
    assert not re.search(r"[_*]|^## |\n\n\n", whole)
    assert "HAMLET" not in said.split()
    rest = iter(whole.splitlines())
    assert all(line in rest for line in said.splitlines() if line)  # in the same order


@pytest.mark.parametrize("directions", [False, True])
def test_all_plays_fit_and_have_no_markup(directions: bool) -> None:
    text = shakespeare.text("shakespeare", directions)
    assert text.name == "All of Shakespeare's plays"
    assert text.origin.startswith("38 plays of William Shakespeare, with")
    assert len(text.content) < MAX_TEXT_CHARACTERS
    assert len(text.content.split()) > 800_000
    assert not re.search(r"[_*\\#<>\[\]]|&amp;|\n\n\n|[ \t]\n", text.content)


@pytest.mark.parametrize(("group", "count"), [(group, len(plays)) for group, plays in shakespeare.PLAYS.items()])
def test_a_group_is_its_plays_one_after_another(group: str, count: int) -> None:
    text = shakespeare.text(f"shakespeare/{group}")
    assert text.name == shakespeare.GROUPS[group]
    assert text.origin == f"{count} plays of William Shakespeare, without speakers and stage directions"
    parts = [shakespeare.text(f"shakespeare/{shakespeare.name_of(title)}") for title in shakespeare.PLAYS[group]]
    assert text.content == "\n\n".join(part.content for part in parts)
    assert [part.name for part in parts] == list(shakespeare.PLAYS[group])


def test_hamlet_begins_with_the_watch() -> None:
    assert shakespeare.text("shakespeare/hamlet").content.startswith(
        "Who's there?\n\nNay, answer me: stand, and unfold"
    )
    assert shakespeare.text("shakespeare/hamlet", True).content.startswith("Hamlet\n\nACT I\n\nSCENE I. Elsinore.")


def test_every_word_to_begin_with_occurs_often_in_what_is_shown_first() -> None:
    content = shakespeare.text(shakespeare.FIRST).content
    assert all(len(re.findall(rf" {target}\b", content)) >= 80 for target in shakespeare.TARGETS)
