"""Marks of emphasis go, whatever else is made of the same characters stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.inputs.emphasis import without_emphasis
from catsel_core.inputs.texts import own_text, pasted_text
from tests.support.core_fixtures import property_test


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("the _trout_ is", "the trout is"),
        ("_Trout_", "Trout"),
        ("“_Trout_,” she said—_trout_!", "“Trout,” she said—trout!"),
        ("a _brown trout_ and a _pike_.", "a brown trout and a pike."),
        ("over _two\nlines_ of", "over two\nlines of"),
        ("over _two\r\nlines_ of", "over two\r\nlines of"),
        ("(_trout_)'s _trout_'s", "(trout)'s trout's"),
        ("the *trout* and **trout** and ***trout***", "the trout and trout and trout"),
        ("the =trout= is", "the trout is"),
        ("the _=trout=_ is", "the trout is"),
        ("_été_ _小猫_", "été 小猫"),
    ],
)
def test_marks_of_emphasis_go(content: str, read: str) -> None:
    assert without_emphasis(content)[0] == read


@pytest.mark.parametrize(
    "content",
    [
        "a snake_case_name and another_one_",
        "def __init__(self, *args, **kwargs): self._x = _y",
        "a * b * c = d = e, 2*3*4, a=b=c, f(x)=y, g(x)=z",
        "* one\n* two\n* three",
        "* * * * *\n*****\n=====\n_____",
        "one _never closed\n\nnext paragraph_ here",
        "a _ b _ c",
        "*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***",
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
        "a footnote* and\n\n* another",
    ],
)
def test_other_uses_of_the_same_characters_stay(content: str) -> None:
    assert without_emphasis(content) == (content, ())


def test_what_was_left_out_is_said() -> None:
    (remark,) = without_emphasis("a _b c_ d")[1]
    assert remark() == "Marks of emphasis, as in “_b c_”, are left out (one place)."
    (remark,) = without_emphasis("a _b_ d *e* " + "_f_ " * 1000)[1]
    assert remark() == "Marks of emphasis, as in “_b_”, are left out (1,002 places)."
    assert len(without_emphasis(f"_{'x' * 500}_")[1][0]()) < 120


@property_test
@given(some.text("ab _*=\n.", max_size=60))
def test_only_marks_go(content: str) -> None:
    read, remarks = without_emphasis(content)
    assert [c for c in read if c not in "_*="] == [c for c in content if c not in "_*="]
    assert bool(remarks) == (read != content)


@pytest.mark.parametrize("piece", ["_", "*", "=", "_a", "_a ", " _a\n", "*a*", "= =", "\n_"])
def test_odd_long_texts_take_no_long_time(piece: str) -> None:
    without_emphasis("_" + piece * (1_000_000 // len(piece)) + "x")  # hangs if a pattern goes back and forth


def test_uploads_and_pasted_texts_are_read_alike() -> None:
    content = "He caught a _trout_ there, then one more trout."
    read = pasted_text("He caught a trout there, then one more trout.")
    for text in (own_text(content.encode(), "fish.txt"), pasted_text(content)):
        assert (text.content, text.digest) == (read.content, read.digest)
        assert text.remarks
    assert not read.remarks
