"""Word lists as files: what is read, what is refused and with which words, and round trips."""

import functools
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs import word_list_files
from catsel_core.inputs.tables import MAX_FILE_BYTES
from catsel_core.inputs.word_list_files import parse, parse_csv, parse_json, to_csv, to_json
from catsel_core.inputs.word_lists import PALETTE, Category, WordList, make_word_list
from tests.support.core_fixtures import property_test, word_list
from tests.support.steps import CountedText, looks, steps

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10)
    .map(lambda text: " ".join(re.sub("[,;]", " ", text).split()))
    .filter(bool)
)
SIGNS = st.builds(str.__add__, st.text("=+-@'", min_size=1, max_size=3), st.just("") | TEXTS)
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def word_lists(least_words: int) -> st.SearchStrategy[WordList]:
    words = st.lists(TEXTS | SIGNS, min_size=least_words, max_size=4).map(tuple)
    categories = st.lists(
        st.builds(Category, TEXTS | SIGNS, words, COLORS), min_size=1, max_size=4, unique_by=lambda c: c.name
    )
    return categories.map(lambda made: WordList(tuple(made)))


def plain(words: WordList) -> dict[str, tuple[str, ...]]:
    return {category.name: category.words for category in words.categories}


@property_test
@given(word_lists(least_words=1))
def test_csv_round_trip(words: WordList) -> None:
    assert parse_csv(to_csv(words)) == words
    assert parse(to_csv(words).encode()) == words


@property_test
@given(word_lists(least_words=0))
def test_json_round_trip_keeps_empty_categories(words: WordList) -> None:
    assert parse_json(to_json(words)) == words
    assert parse(to_json(words).encode()) == words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "category,word\ncafé,crème\ncafé,thé\n"
    assert plain(parse(text.encode(encoding))) == {"café": ("crème", "thé")}


@pytest.mark.parametrize(
    "data", [b"category,word\na,x\0y\n", "category,word\n".encode("utf-16-le"), b"\xff\xfea", b"PK\x03\x04\0\0"]
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        parse(data)


def test_size_limit() -> None:
    data = b'{"a": ["x"]}'
    assert plain(parse(data.ljust(MAX_FILE_BYTES))) == {"a": ("x",)}
    with pytest.raises(InputError, match=r"1,000,001 bytes; a word list may have 1,000,000"):
        parse(data.ljust(MAX_FILE_BYTES + 1))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_separators_and_line_ends(separator: str, end: str) -> None:
    rows = ["category,word", "a,x", "", "b,y z", " , ", "a,u"]
    text = end.join(row.replace(",", separator) for row in rows)
    assert plain(parse(text.encode())) == {"a": ("x", "u"), "b": ("y z",)}


def test_csv_columns_are_found_by_name_in_any_order_and_case() -> None:
    text = "note, Word ,CATEGORY,color\nq,x,a,\nq,y,b,#000001\nq,z,b,#ffffff\n"
    assert parse(text.encode()).categories == (
        Category("a", ("x",), PALETTE[0]),
        Category("b", ("y", "z"), "#000001"),
    )


def test_csv_quotes_protect_separators() -> None:
    assert plain(parse(b'category,word\n"a, b","say ""hi"""\n')) == {"a, b": ('say "hi"',)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The CSV needs a first row with the columns category and word; it has nothing."),
        ("name,word\na,x\n", "The CSV needs a first row with the columns category and word; it has name, word."),
        ("category\na\n", "The CSV needs a first row with the columns category and word; it has category."),
        ("category,word\na,x\n\nb,\n", "Row 4 of the CSV has no word: ['b', '']."),
        ("category,word\na,x\nb\n", "Row 3 of the CSV has no word: ['b']."),
        ("category,word\n ,x\n", "Row 2 of the CSV has no category: [' ', 'x']."),
    ],
)
def test_csv_errors(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text.encode())
    assert str(caught.value) == message


def test_csv_with_an_open_quotation_mark() -> None:
    with pytest.raises(InputError, match=r"The CSV cannot be read: .* unclosed quotation mark"):
        parse(b'category,word\na,"x\nb,y\n')


def test_lines_of_name_and_words() -> None:
    assert plain(parse(b"fruit: apple, ice  cream\n\nspace: moon; star\n")) == {
        "fruit": ("apple", "ice cream"),
        "space": ("moon", "star"),
    }


def test_a_colon_in_some_lines_only_is_csv() -> None:
    with pytest.raises(InputError, match="first row"):
        parse(b"fruit: apple\nspace, moon\n")


@pytest.mark.parametrize(
    "text",
    [
        '{"a": ["x", " y  z "], "b": ["u", ""]}',
        '{"categories": {"a": ["x", "y z"], "b": ["u"]}}',
        ' \n[{"name": "a", "words": ["x", "y z"]}, {"name": "b", "words": ["u"]}]',
        '{"categories": [{"name": "a", "words": ["x", "y z"]}, {"name": "b", "words": ["u"], "color": ""}]}',
    ],
)
def test_json_forms(text: str) -> None:
    assert parse(text.encode()) == word_list_with_space()


def word_list_with_space() -> WordList:
    return WordList((Category("a", ("x", "y z"), PALETTE[0]), Category("b", ("u",), PALETTE[1])))


def test_json_colors_fill_up_from_the_palette() -> None:
    entries = [{"name": "a", "words": ["x"], "color": "#abcdef"}, {"name": "b", "words": ["y"]}]
    assert parse_json(json.dumps(entries)).colors == {"a": "#abcdef", "b": PALETTE[1]}


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ('{"a": ["x"', "The JSON cannot be read: "),
        ("[" * 100_000, "The JSON cannot be read: "),
        ('{"categories": 3}', "The words of “categories” in the JSON must be a list of texts."),
        ('{"a": ["x"], "a": ["y"]}', "“a” stands twice in the same place of the JSON. Rename one."),
        ("[1]", "Category 1 of the JSON needs a name that is text."),
        ('[{"name": "a", "words": []}, {"words": ["x"]}]', "Category 2 of the JSON needs a name that is text."),
        ('[{"name": 1, "words": ["x"]}]', "Category 1 of the JSON needs a name that is text."),
        ('{"a": "xy"}', "The words of “a” in the JSON must be a list of texts."),
        ('{"a": ["x", 1]}', "The words of “a” in the JSON must be a list of texts."),
        ('[{"name": "a"}]', "The words of “a” in the JSON must be a list of texts."),
        ('[{"name": "a", "words": ["x"], "color": 7}]', "Colour “7” of category “a” must look like #1f77b4."),
    ],
)
def test_json_errors(text: str, clue: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text.encode())
    assert str(caught.value).startswith(clue)


@pytest.mark.parametrize("text", ["3", '"a"', "null"])
def test_a_lone_json_value_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="must look like"):
        parse_json(text)


def test_written_files_are_readable_text() -> None:
    words = word_list(früchte="äpfel birnen")
    assert to_csv(words) == f"category,word,color\nfrüchte,äpfel,{PALETTE[0]}\nfrüchte,birnen,{PALETTE[0]}\n"
    assert "äpfel" in to_json(words)


def test_a_category_may_be_called_categories() -> None:
    assert plain(parse(b'{"categories": ["a", "b"], "tools": ["c"]}')) == {"categories": ("a", "b"), "tools": ("c",)}


@pytest.mark.parametrize(
    "data", [b"category,word,color\na,x,red\n", b'[{"name": "a", "words": ["x"], "color": "red"}]']
)
def test_colors_that_are_no_hex_code_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="Colour “red” of category “a” must look like #1f77b4"):
        parse(data)


def test_several_words_in_one_cell_are_several_words() -> None:
    assert plain(parse(b'category,word\na,"x, y"\na,z\n')) == {"a": ("x", "y", "z")}
    assert plain(parse(b'{"a": ["x; y", "z"]}')) == {"a": ("x", "y", "z")}


def test_a_spreadsheet_with_a_category_in_each_column() -> None:
    assert plain(parse(b"fruit\ttools\npear\thammer\nplum\t\n\tsaw\n")) == {
        "fruit": ("pear", "plum"),
        "tools": ("hammer", "saw"),
    }


def test_lines_of_the_same_category_are_joined() -> None:
    assert plain(parse(b"a: x, y\nb: z\na: w\n")) == {"a": ("x", "y", "w"), "b": ("z",)}


SIGNED = ("-ing", "+", "'tis", "'=x", "''", "=SUM(A1)", "@home", "''-ed", "-", "'")


def test_words_that_begin_like_formulas_come_back() -> None:
    words = make_word_list([("-ing", SIGNED), ("'=b", ["x"])])
    assert parse(to_csv(words).encode()) == words


def test_apostrophes_before_formulas_are_taken_off_in_every_kind_of_table() -> None:
    assert plain(parse(b"category\tword\n-ing\t'-ed\n'-ing\t-er\n")) == {"-ing": ("-ed", "-er")}
    assert plain(parse(b"'-ing\t'tis\n'-ed\t'x\n")) == {"-ing": ("-ed",), "'tis": ("'x",)}


def test_a_name_that_stands_twice_in_a_long_json_is_found_in_one_go() -> None:
    def pairs(count: int) -> list[tuple[str, Any]]:
        return [(CountedText(f"c{min(at, count - 2)}"), []) for at in range(count)]

    def refused(pairs: list[tuple[str, Any]]) -> None:
        with pytest.raises(InputError, match=r"“c\d+” stands twice"):
            word_list_files._without_repetition(pairs)

    few, many = pairs(20), pairs(200)
    assert 0 < looks(lambda: refused(many)) < 12 * looks(lambda: refused(few))


def test_a_wide_and_long_spreadsheet_is_read_cell_by_cell() -> None:
    def by_columns(count: int) -> str:
        header = "\t".join(f"c{at}" for at in range(count))
        return "\n".join([header, *(f"w{at}" for at in range(count))])

    def by_rows(count: int) -> str:
        return "\n".join(["category,word" + ",c" * count, *(f"a,w{at}" for at in range(count))])

    for text in (by_columns, by_rows):
        few, many = text(20), text(200)
        assert steps(functools.partial(parse_csv, many)) < 12 * steps(functools.partial(parse_csv, few))
