"""Word lists in JSON as people have them."""

import json
from typing import Any

import pytest

from catsel_core.errors import InputError
from catsel_core.export.session_file import to_json as session_json
from catsel_core.inputs import json_values
from catsel_core.inputs.presets import BOOK
from catsel_core.inputs.word_list_files import parse_text
from catsel_core.inputs.word_lists import PALETTE, Category, WordList
from catsel_core.session import first_session
from tests.support.steps import CountedText, looks

WITH_SPACE = WordList((Category("a", ("x", "y z"), PALETTE[0]), Category("b", ("u",), PALETTE[1])))
FRUIT = {"fruit": ("apple", "pear"), "tool": ("saw", "drill")}


def plain(words: WordList) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in words.categories}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ["x", " y  z "], "b": ["u", ""]}',
        '{"categories": {"a": ["x", "y z"], "b": ["u"]}}',
        ' \n[{"name": "a", "words": ["x", "y z"]}, {"name": "b", "words": ["u"]}]',
        '{"categories": [{"name": "a", "words": ["x", "y z"]}, {"name": "b", "words": ["u"], "color": ""}]}',
        '{"a": {"words": ["x", "y z"]}, "b": {"items": ["u"]}}',
        '[{"label": "a", "examples": ["x", "y z"]}, {"Category": "b", "Words": ["u"]}]',
        '{"a": ["x", "y z"]}\n{"b": ["u"]}\n',
    ],
)
def test_forms(text: str) -> None:
    reading = parse_text(text)
    assert reading.content == WITH_SPACE
    assert reading.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        '[{"category": "fruit", "word": "apple"}, {"category": "fruit", "word": "pear"},'
        ' {"category": "tool", "word": "saw"}, {"category": "tool", "word": "drill"}]',
        '{"category": "fruit", "word": "apple"}\n{"category": "fruit", "word": "pear"}\n'
        '{"category": "tool", "word": "saw"}\n{"word": "drill", "category": "tool"}',
        '{"targ1": {"category": "fruit", "examples": ["apple", "pear"]},'
        ' "attr1": {"category": "tool", "examples": ["saw", "drill"]}}',
        '{"targ1": {"category": "fruit", "examples": ["apple", "pear"]}}\n'
        '{"targ1": {"category": "tool", "examples": ["saw", "drill"]}}',
        '{"fruit": "apple, pear", "tool": "saw, drill"}',
    ],
)
def test_records_and_tests_of_seat(text: str) -> None:
    assert plain(parse_text(text).content) == FRUIT


def test_records_under_other_names_are_read_as_columns_are() -> None:
    records = [{"item": word, "gruppe": name, "n": 3} for name, words in FRUIT.items() for word in words]
    reading = parse_text(json.dumps(records))
    assert plain(reading.content) == FRUIT
    assert reading.remarks == ("columns gruppe → category, item → word", "columns left out: “n”")


def test_rows_as_lists_are_a_table() -> None:
    rows = [[name, word] for name, words in FRUIT.items() for word in words]
    assert plain(parse_text(json.dumps(rows)).content) == FRUIT


def test_what_is_no_list_of_words_is_left_out_and_said() -> None:
    reading = parse_text('{"description": "Some words.", "year": 2023, "fruit": ["apple", "pear"], "tool": ["saw"]}')
    assert plain(reading.content) == {"fruit": ("apple", "pear"), "tool": ("saw",)}
    assert reading.remarks == ("left out, since it is no list of words: “description”, “year”",)
    within = parse_text('{"title": "x", "categories": [{"name": "a", "words": ["x"]}]}')
    assert within.remarks == ("left out, since it is no list of words: “title”",)


def test_the_words_of_a_whole_session_are_read() -> None:
    assert parse_text(session_json(first_session())).content == BOOK.words


def test_colors_fill_up_from_the_palette() -> None:
    entries = [{"name": "a", "words": ["x"], "color": "#abcdef"}, {"name": "b", "words": ["y"]}]
    assert parse_text(json.dumps(entries)).content.colors == {"a": "#abcdef", "b": PALETTE[1]}


def test_a_category_may_be_called_categories() -> None:
    text = '{"categories": ["a", "b"], "tools": ["c"]}'
    assert plain(parse_text(text).content) == {"categories": ("a", "b"), "tools": ("c",)}


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ('{"a": ["x"', "The JSON cannot be read: "),
        ("[" * 100_000, "The JSON cannot be read: "),
        ('{"categories": 3}', "The words of “categories” in the JSON must be a list of texts."),
        ('{"a": ["x"], "a": ["y"]}', "“a” stands twice in the same place of the JSON. Rename one."),
        ("[1]", "Category 1 of the JSON needs a name that is text."),
        ('["apple", "pear"]', "Category 1 of the JSON needs a name that is text."),
        ('[{"name": "a", "words": []}, {"words": "x"}]', "Category 2 of the JSON needs a name that is text."),
        ('[{"name": 1, "words": ["x"]}]', "Category 1 of the JSON needs a name that is text."),
        ('{"a": "xy"}', "The words of “a” in the JSON must be a list of texts."),
        ('{"a": {"b": {"c": 1}}}', "The words of “a” in the JSON must be a list of texts."),
        ('{"a": ["x", 1]}', "The words of “a” in the JSON must be a list of texts."),
        ('[{"name": "a"}]', "The words of “a” in the JSON must be a list of texts."),
        ('[{"name": "a", "words": ["x"], "color": 7}]', "Colour “7” of category “a” must look like #1f77b4."),
        ('[{"name": "a", "words": ["x"], "color": "\\ud800"}]', "Colour “\\ud800” of category “a” must look like"),
        ('{"\\udfff": 1}', "The words of “\\udfff” in the JSON must be a list of texts."),
    ],
)
def test_errors(text: str, clue: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_text(text)
    assert str(caught.value).startswith(clue)
    assert str(caught.value).encode()


@pytest.mark.parametrize("text", ["{}", "[]"])
def test_nothing_is_an_empty_list(text: str) -> None:
    assert parse_text(text).content == WordList(())


def test_a_name_that_stands_twice_in_a_long_json_is_found_in_one_go() -> None:
    def pairs(count: int) -> list[tuple[str, Any]]:
        return [(CountedText(f"c{min(at, count - 2)}"), []) for at in range(count)]

    def refused(pairs: list[tuple[str, Any]]) -> None:
        with pytest.raises(InputError, match=r"“c\d+” stands twice"):
            json_values._without_repetition(pairs)

    few, many = pairs(20), pairs(200)
    assert 0 < looks(lambda: refused(many)) < 12 * looks(lambda: refused(few))
