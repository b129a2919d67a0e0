"""Session files that are damaged, huge, deep or of another kind: a session, or one sentence, in little memory."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.errors import InputError
from catsel_core.export.session_file import opened, to_json
from catsel_core.inputs.texts import pasted_text
from tests.support.core_fixtures import property_test
from tests.support.full_session import FULL

TEXT = pasted_text("It was a dark and stormy night. " * 4)
FILE = to_json(FULL).encode()


def is_refused(data: bytes) -> bool:
    """Whether it is refused in a sentence; what is opened can be written and opened again."""
    try:
        session, texts = opened(data)
    except InputError as exc:
        return len(str(exc)) < 1_000
    again, _ = opened(to_json(session, texts).encode())
    return again == session


@property_test
@given(some.binary(max_size=80))
def test_any_bytes(data: bytes) -> None:
    assert is_refused(data)


@property_test
@given(some.integers(0, len(FILE) - 1), some.binary(max_size=4), some.integers(0, 4))
def test_a_file_with_other_bytes_in_it(at: int, others: bytes, gone: int) -> None:
    assert is_refused(FILE[:at] + others + FILE[at + gone :])


@property_test
@given(some.integers(0, len(FILE)))
def test_a_file_that_was_cut_off(end: int) -> None:
    if end < len(FILE):
        with pytest.raises(InputError, match="not a catsel session"):
            opened(FILE[:end])


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"catsel_session": 1, "words": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
        b'{"catsel_session": 1e999}',
        b'{"catsel_session": NaN}',
        b'{"catsel_session": 1, "view": {"layer": 1' + b"0" * 10_000 + b"}}",
        json.dumps({"catsel_session": 1, "texts": [{"content": "x" * 13_000_000}]}).encode(),
        json.dumps({"catsel_session": 1, "words": {"categories": [{"name": "a", "words": ["b"] * 50_000}]}}).encode(),
        json.dumps({"catsel_session": 1, "contexts": {"targets": ["word"] * 100_000}}).encode(),
        json.dumps({"catsel_session": 1, "sentences": {"sentences": [{}] * 30_000}}).encode(),
        json.dumps({"catsel_session": 1, "words": {"templates": ["x {word}"] * 100_000}}).encode(),
        json.dumps({"catsel_session": 1, "contexts": {"contrasts": {"panels": [["a", "b", "A"]] * 100_000}}}).encode(),
    ],
    ids=range(11),
)
def test_a_file_of_great_size_or_depth(data: bytes) -> None:
    tracemalloc.start()
    assert is_refused(data)
    assert tracemalloc.get_traced_memory()[1] < 30 * max(len(data), 1_000_000)
    tracemalloc.stop()


def test_a_text_that_nobody_names_comes_along_without_harm() -> None:
    session, texts = opened(json.dumps({**json.loads(FILE), "texts": [{"content": TEXT.content}]}).encode())
    assert session == FULL
    assert list(texts) == [TEXT.digest]
