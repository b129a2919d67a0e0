"""Word lists as files: round trips, encodings, and letters that are the same to everybody."""

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catsel_core.errors import InputError
from catsel_core.inputs.encoded_twice import encoded_once
from catsel_core.inputs.tables import MAX_FILE_BYTES
from catsel_core.inputs.word_list_files import parse, parse_text, to_csv, to_json
from catsel_core.inputs.word_lists import PALETTE, SEPARATORS, Category, WordList, make_word_list, tidy
from tests.support.core_fixtures import property_test, word_list

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10)
    .map(lambda text: tidy(re.sub(f"[{SEPARATORS}\u2028\u2029]", " ", unicodedata.normalize("NFC", text))))
    .filter(bool)
)
SIGNS = st.builds(lambda sign, text: tidy(sign + text), st.text("=+-@'", min_size=1, max_size=3), st.just("") | TEXTS)
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
    assume(not encoded_once(to_csv(words))[1])
    for reading in (parse_text(to_csv(words)), parse(to_csv(words).encode("utf-8-sig"))):
        assert reading.content == words
        assert reading.remarks == ()


@property_test
@given(word_lists(least_words=0))
def test_json_round_trip_keeps_empty_categories(words: WordList) -> None:
    assume(not encoded_once(to_json(words))[1])
    for reading in (parse_text(to_json(words)), parse(to_json(words).encode())):
        assert reading.content == words
        assert reading.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    reading = parse("category,word\ncafé,crème\ncafé,thé\n".encode(encoding))
    assert plain(reading.content) == {"café": ("crème", "thé")}
    assert reading.remarks == (("read as Windows-1252 (Western European)",) if encoding == "cp1252" else ())


def test_other_letters_are_read_as_such_and_said() -> None:
    reading = parse("category,word\nфрукты,яблоко\nфрукты,груша\nзвери,собака\n".encode("cp1251"))
    assert plain(reading.content) == {"фрукты": ("яблоко", "груша"), "звери": ("собака",)}
    assert reading.remarks == ("read as Windows-1251 (Cyrillic)",)
    by_hand = parse("category,word\nда,нет\n".encode("koi8-r"), "koi8-r")
    assert (plain(by_hand.content), by_hand.remarks) == ({"да": ("нет",)}, ())


@pytest.mark.parametrize("data", [b"category,word\na,x\0y\n", b"\xff\xfea", b"PK\x03\x04\0\0"])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        parse(data)


def test_size_limit() -> None:
    data = b'{"a": ["x"]}'
    assert plain(parse(data.ljust(MAX_FILE_BYTES)).content) == {"a": ("x",)}
    with pytest.raises(InputError, match=r"1,000,001 bytes; a word list may have 1,000,000"):
        parse(data.ljust(MAX_FILE_BYTES + 1))


@pytest.mark.parametrize(
    "text",
    ["category,word\né,é\né,u\n", "é: é, u", "é\n- é\n- u\nb\n- c", '{"é": ["é", "u"]}', "é\tb\né\tc\nu\td"],
)
def test_letters_with_accents_are_the_same_however_they_are_written(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != apart
    assert parse_text(apart) == parse_text(composed)
    assert parse_text(apart).content.categories[0].name == "é"


def test_a_category_that_is_written_in_both_ways_is_one() -> None:
    assert plain(parse_text("é: x, y\ne\u0301: z").content) == {"é": ("x", "y", "z")}
    assert plain(parse_text('{"é": ["x"], "e\\u0301": ["z"]}').content) == {"é": ("z",)}


def test_written_files_are_readable_text() -> None:
    words = word_list(früchte="äpfel birnen")
    assert to_csv(words) == f"category,word,color\nfrüchte,äpfel,{PALETTE[0]}\nfrüchte,birnen,{PALETTE[0]}\n"
    assert "äpfel" in to_json(words)


def test_several_words_in_one_cell_are_several_words() -> None:
    assert plain(parse_text('{"a": ["x; y", "z"]}').content) == {"a": ("x", "y", "z")}


SIGNED = ("-ing", "+", "'tis", "'=x", "''", "=SUM(A1)", "@home", "''-ed", "-", "'", "#1")


def test_words_that_begin_like_formulas_come_back() -> None:
    words = make_word_list([("-ing", SIGNED), ("'=b", ["x"]), ("#c", ["y"]), ("category", ["word"])])
    assert parse_text(to_csv(words)).content == words


def test_apostrophes_before_formulas_are_taken_off_in_every_kind_of_table() -> None:
    assert plain(parse_text("category\tword\n-ing\t'-ed\n'-ing\t-er\n").content) == {"-ing": ("-ed", "-er")}
    assert plain(parse_text("'-ing\t'tis\n'-ed\t'x\nplum\t\n").content) == {"-ing": ("-ed", "plum"), "'tis": ("'x",)}
