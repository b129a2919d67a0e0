"""A session in an address: short, whole, and refused in a sentence where it is damaged."""

import base64
import json
import random
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.errors import InputError
from catsel_core.export.session_file import to_json
from catsel_core.export.session_link import MOST_CHARACTERS, packed, put_away, taken_out, unpacked
from catsel_core.inputs.presets import PRESETS
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.session import Session, WordsChoice, first_session
from tests.support.core_fixtures import property_test
from tests.support.full_session import FULL

LINKED = replace(FULL, contexts=replace(FULL.contexts, text=GutenbergBook(1342, True)))
TEXT = pasted_text("It was a dark and stormy night. " * 40)
OWN = replace(FULL, contexts=replace(FULL.contexts, text=OwnText(TEXT.digest, TEXT.name)))


def code_of(parts: object) -> str:
    return coded(json.dumps(parts).encode())


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def code(session: Session) -> str:
    made = packed(session)
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def _links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))


def test_every_field_comes_back() -> None:
    assert unpacked(code(LINKED)) == LINKED
    assert unpacked(code(first_session())) == first_session()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_ready_list_goes_by_its_name(preset: object) -> None:
    words = WordsChoice(next(each.words for each in PRESETS if each is preset))
    session = replace(first_session(), words=words)
    made = code(session)
    assert len(made) < 320
    assert unpacked(made) == session


def test_what_is_as_at_first_here_is_said_all_the_same() -> None:
    """Another catsel may begin with another model or text."""
    plain = zlib.decompress(base64.urlsafe_b64decode(code(first_session()) + "=="))
    assert {"reference", "text", "targets"} <= {*json.loads(plain)["model"], *json.loads(plain)["contexts"]}


def test_an_own_text_and_a_long_list_are_kept_on_the_server() -> None:
    draw = random.Random(3)
    many = [
        (f"group {at}", ["".join(draw.choices("abcdefghijklmnopqrstuvwxyzäöüß", k=12)) for _ in range(40)])
        for at in "abcde"
    ]
    long = replace(first_session(), words=WordsChoice(make_word_list(many)))
    assert packed(OWN) is packed(long) is None
    for session, own in ((OWN, {TEXT.digest: TEXT}), (long, {})):
        key = put_away(session, own)
        assert key is not None
        assert put_away(session, own) == key
        assert taken_out(key) == (session, own)


@pytest.mark.parametrize("key", ["0" * 64, "", "../results/x", "x" * 64, "0" * 5000])
def test_a_key_of_another_server_is_said_to_be(key: str) -> None:
    with pytest.raises(InputError, match="not on this server"):
        taken_out(key)


def test_nothing_is_put_away_where_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_VISITORS_MB", "0")
    assert put_away(OWN, {TEXT.digest: TEXT}) is None


@pytest.mark.parametrize(
    ("made", "clue"),
    [
        ("", "damaged"),
        ("<script>", "damaged"),
        ("A" * (2 * MOST_CHARACTERS + 1), "damaged"),
        (coded(to_json(LINKED).encode())[:-6], "damaged"),
        (coded(b"\xff\xfe"), "damaged"),
        (coded(b"[1]"), "must be an object"),
        (coded(b"[" * 100_000), "cannot be read"),
        (code_of({"catsel_session": 2}), "written by a newer catsel"),
        (code_of({"catsel_session": 1, "colour": 3}), "does not know"),
        (code_of({"catsel_session": 1, "words": {"categories": "nobody's list"}}), "no ready list"),
        (code_of({"catsel_session": 1, "words": {"categories": 7}}), "must be a list"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(made: str, clue: str) -> None:
    with pytest.raises(InputError, match=clue):
        unpacked(made)


def test_a_few_letters_do_not_unpack_to_gigabytes() -> None:
    bomb = coded(b" " * 2_000_000)
    assert len(bomb) < 2 * MOST_CHARACTERS
    tracemalloc.start()
    with pytest.raises(InputError, match="damaged"):
        unpacked(bomb)
    assert tracemalloc.get_traced_memory()[1] < 1_500_000
    tracemalloc.stop()


def outcome(made: str) -> Session | None:
    """A session or a sentence; anything else is raised."""
    try:
        return unpacked(made)
    except InputError:
        return None


@property_test
@given(some.text(max_size=60))
def test_any_text_is_a_session_or_a_sentence(made: str) -> None:
    assert outcome(made) is None


@property_test
@given(some.data())
def test_a_link_with_other_letters_is_a_session_or_a_sentence(data: some.DataObject) -> None:
    whole = code(LINKED)
    at = data.draw(some.integers(0, len(whole) - 1))
    letters = data.draw(some.text("abcXYZ019-_", max_size=3))
    found = outcome(whole[:at] + letters + whole[at + len(letters) :])
    assert found in (None, LINKED)  # the checksum tells


PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


def places(parts: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a value in JSON."""
    steps = parts.items() if isinstance(parts, dict) else enumerate(parts) if isinstance(parts, list) else ()
    return [at, *(place for step, each in steps for place in places(each, (*at, step)))]


@property_test
@given(some.sampled_from(places(json.loads(to_json(LINKED)))[1:]), PLAIN)
def test_any_value_in_the_place_of_any_other_is_a_session_or_a_sentence(
    place: tuple[str | int, ...], value: object
) -> None:
    parts = json.loads(to_json(LINKED))
    inner = parts
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    try:
        made = code_of(parts)
        made.encode()
    except UnicodeEncodeError:
        return
    found = outcome(made)
    if found is not None and isinstance(found.contexts.text, BuiltinText | GutenbergBook):
        again = packed(found)
        assert again is None or unpacked(again) == found
