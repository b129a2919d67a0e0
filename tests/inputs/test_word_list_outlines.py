"""Lists in lines as people write them: what is read, and what is refused since it shows no categories."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.readings import Reading
from catsel_core.inputs.word_list_files import parse_text
from catsel_core.inputs.word_lists import WordList
from tests.support.core_fixtures import property_test
from tests.support.steps import steps

FRUIT = {"fruit": ("apple", "ice cream"), "tools": ("saw", "drill")}


def plain(reading: Reading[WordList]) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in reading.content.categories}


@pytest.mark.parametrize(
    "text",
    [
        "fruit: apple, ice cream\ntools: saw, drill",
        "fruit： apple，ice cream\n\ntools：saw、drill",
        "fruit: apple; ice  cream;\ntools:\tsaw\tdrill",
        "fruit:apple،ice cream\ntools:saw؛drill",
        "fruit = apple, ice cream\ntools = saw, drill",
        "- fruit: apple, ice cream\n- tools: saw, drill",
        "1. fruit: apple, ice cream\n2. tools: saw, drill",
        "**fruit:** apple, ice cream\n**tools**: saw, drill",
        "* **fruit**: apple, ice cream\n* __tools__: saw, drill",
        "fruit: apple,\n  ice cream\ntools: saw,\ndrill",
        "fruit: apple\nfruit: ice cream\ntools: saw, drill",
        "fruit:\napple\nice cream\n\ntools:\nsaw\ndrill",
        "fruit:\napple, ice cream\ntools:\nsaw, drill",
        "fruit:\n- apple\n- ice cream\ntools:\n- saw\n- drill",
        "fruit\n- apple\n- ice cream\ntools\n- saw\n- drill",
        "fruit\n• apple\n• ice cream\n\ntools\n• saw\n• drill",
        "fruit\n1. apple\n2. ice cream\ntools\n1) saw\n2) drill",
        "## fruit\n- apple\n- ice cream\n\n## tools\n- saw\n- drill",
        "# fruit\napple\nice cream\n# tools\nsaw\ndrill",
        "### fruit ###\n\napple, ice cream\n\n### tools ###\n\nsaw, drill",
        "**fruit**\napple, ice cream\n\n**tools**\nsaw, drill",
        "[fruit]\napple\nice cream\n[tools]\nsaw\ndrill",
        "fruit\n  apple\n  ice cream\ntools\n  saw\n  drill",
        "- fruit\n  - apple\n  - ice cream\n- tools\n  - saw\n  - drill",
    ],
)
def test_what_is_marked_is_read_without_a_remark(text: str) -> None:
    for end in ("\n", "\r\n"):
        reading = parse_text(text.replace("\n", end))
        assert plain(reading) == FRUIT
        assert reading.remarks == ()


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("fruit\napple\nice cream\n\ntools\nsaw\ndrill", "first line of each block read as its category"),
        ("fruit\napple, ice cream\ntools\nsaw, drill", "lines without commas read as categories"),
        ("fruit - apple, ice cream\ntools – saw, drill", "what stands before the dash read as category"),
        (
            "# My list\n\n## fruit\napple\nice cream\n## tools\nsaw\ndrill",
            "left out, since no word stands under it: “My list”",
        ),
        ("My list\nfruit: apple, ice cream\ntools: saw, drill", "left out, since no word stands under it: “My list”"),
        ("# mine\nfruit: apple, ice cream\ntools: saw, drill", "1 comment line left out"),
        ("# mine\n# 2023\nfruit\n- apple\n- ice cream\ntools\n- saw\n- drill", "2 comment lines left out"),
    ],
)
def test_what_is_guessed_or_left_out_is_said(text: str, remark: str) -> None:
    reading = parse_text(text)
    assert plain(reading) == FRUIT
    assert reading.remarks == (remark,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fruit: apple\nspace, moon", "Line 2 has no category: “space, moon”. Begin every line with one and a colon"),
        (
            "fruit: apple pear plum\ntools: saw drill",
            "Nothing separates the words of “fruit”: “apple pear plum” was read",
        ),
        ("apple\npear\nsaw", "The list was read as 3 lines without categories: “apple”, “pear”, “saw”."),
        ("- apple\n- pear", "The list was read as 2 lines without categories"),
        ("fruit - apple\ntools", "The list was read as 2 lines without categories"),
    ],
)
def test_what_shows_no_categories_is_refused_with_how_it_was_read(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_text(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("word", ["group", "word", "item", "label", "Wort", "color"])
def test_words_that_are_names_of_columns_elsewhere_are_words(word: str) -> None:
    assert plain(parse_text(f"a: {word}, x\nb: y, {word}s")) == {"a": (word, "x"), "b": ("y", f"{word}s")}
    assert plain(parse_text(f"{word}: u, v\nb: y, z")) == {word: ("u", "v"), "b": ("y", "z")}


def test_words_that_begin_like_bullets_or_have_signs_in_them_stay() -> None:
    assert plain(parse_text("ends: -ing, -ed\nsigns: a=b, 12:30, C++")) == {
        "ends": ("-ing", "-ed"),
        "signs": ("a=b", "12:30", "C++"),
    }


NAMES = st.text("abcdé水ф", min_size=1, max_size=6)


@property_test
@given(
    st.dictionaries(NAMES, st.lists(NAMES, min_size=2, max_size=4, unique=True), min_size=2, max_size=4),
    st.sampled_from(["{}: {}", "- {}: {}", "**{}**: {}", "{} = {}", "{}：{}"]),
    st.sampled_from([", ", "; ", "、", "，", "، "]),
)
def test_lines_say_the_same_in_every_form(words: dict[str, list[str]], line: str, between: str) -> None:
    text = "\n".join(line.format(name, between.join(found)) for name, found in words.items())
    assert plain(parse_text(text)) == {name: tuple(found) for name, found in words.items()}


@property_test
@given(
    st.dictionaries(NAMES, st.lists(NAMES, min_size=2, max_size=4, unique=True), min_size=2, max_size=4),
    st.sampled_from(["## {}\n{}", "{}:\n{}", "**{}**\n{}", "[{}]\n{}", "# {}\n{}\n"]),
    st.sampled_from(["{}", "- {}", "* {}", "1. {}"]),
)
def test_headings_say_the_same_in_every_form(words: dict[str, list[str]], heading: str, item: str) -> None:
    text = "\n".join(heading.format(name, "\n".join(map(item.format, found))) for name, found in words.items())
    assert plain(parse_text(text)) == {name: tuple(found) for name, found in words.items()}


@pytest.mark.parametrize(
    "text", ["a" + " " * 3000 + "b", "**" * 1500, "#" * 3000, "a:" * 1500, "- " * 1500, "[" * 3000]
)
def test_twice_the_text_is_twice_the_work(text: str) -> None:
    def work(text: str) -> None:
        with contextlib.suppress(InputError):
            parse_text(text)

    assert steps(lambda: work(f"{text}\n{text}")) < 3 * steps(lambda: work(text)) + 3000
