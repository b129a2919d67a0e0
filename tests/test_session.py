"""One session: requests that cannot disagree, sides that follow, and a file that holds all of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.analyses.word_views import MapOf
from catsel_core.errors import InputError
from catsel_core.export.session_file import VERSION, from_json, to_json
from catsel_core.inputs.items import PLACEHOLDER, Pooling, TokenPooling
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText, text_of
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.inputs.writing import composed
from catsel_core.models.spec import Precision
from catsel_core.session import (
    PANELS,
    Approach,
    ContrastChoice,
    ContrastKind,
    ModelChoice,
    Scale,
    Session,
    SideChoice,
    WordsChoice,
    first_session,
)
from catsel_core.statistics.contrasts import book_contrasts, every_contrast
from catsel_core.statistics.measures import Measure
from catsel_core.statistics.pairs import Statistic
from tests.support.core_fixtures import property_test
from tests.support.full_session import FULL


def changed(parts: dict[str, Any]) -> str:
    """The full session as JSON with these parts in place of its own."""
    return json.dumps({**json.loads(to_json(FULL)), **parts})


@pytest.mark.parametrize("session", [FULL, first_session(), replace(FULL, side_b=None)], ids=["full", "first", "no B"])
def test_a_session_comes_back_whole(session: Session) -> None:
    assert from_json(to_json(session)) == session


def test_every_field_differs_from_a_newcomers() -> None:
    """Or the round trip would not show that it is written and read."""

    def same(one: Any, other: Any, path: str) -> list[str]:
        if hasattr(one, "__dataclass_fields__") and type(one) is type(other):
            fields = one.__dataclass_fields__
            return [p for name in fields for p in same(getattr(one, name), getattr(other, name), f"{path}.{name}")]
        return [path] if one == other else []

    assert same(FULL, first_session(), "session") == []


_word = some.text(some.characters(whitelist_categories=("L", "N")), min_size=1, max_size=8).map(composed)


@property_test
@given(
    some.lists(_word, min_size=4, max_size=9, unique=True),
    some.sampled_from(get_args(Pooling)),
    some.sampled_from(get_args(Measure)),
    some.one_of(some.none(), some.integers(2, 10_000)),
    some.sampled_from(
        [BuiltinText(), BuiltinText("shakespeare/hamlet", True), GutenbergBook(1), GutenbergBook(999_999, True)]
    ),
)
def test_sessions_of_any_words_come_back(
    words: list[str], pooling: Pooling, measure: Measure, most: int | None, text: BuiltinText | GutenbergBook
) -> None:
    listed = make_word_list([("a", words[:2]), ("b", words[2:])])
    session = replace(
        FULL,
        words=WordsChoice(listed, f"{PLACEHOLDER}!", pooling, measure),
        contexts=replace(FULL.contexts, text=text, targets=tuple(words[:8]), windows=WindowChoice(5, most)),
    )
    assert from_json(to_json(session)) == session


def test_what_is_left_out_is_as_at_first() -> None:
    assert from_json(json.dumps({"catsel_session": VERSION})) == first_session()
    assert from_json(json.dumps({"catsel_session": VERSION, "words": {"pooling": "mean"}})) == replace(
        first_session(), words=WordsChoice(pooling="mean")
    )


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("{", "its JSON cannot be read"),
        ("[]", "“session” must be an object in braces; it is []"),
        ("{}", "“catsel_session” must be 1; it is None"),
        (changed({"catsel_session": 2}), "written by a newer catsel"),
        (changed({"catsel_session": True}), "must be 1; it is True"),
        (changed({"colour": 1}), "“session” has “colour”, which this catsel does not know"),
        (changed({"words": {"poolings": "mean"}}), "“words” has “poolings”"),
        (
            changed({"words": {"pooling": "sum"}}),
            "“pooling” of “words” must be one of ('last', 'mean', 'drop'); it is sum",
        ),
        (changed({"words": {"template": "none"}}), "must contain {word} exactly once"),
        (changed({"words": {"template": "\ud800 {word}"}}), "“template” of “words” must be a text"),
        (changed({"words": {"categories": [{"name": "a", "words": ["b"]}]}}), "At least two categories"),
        (changed({"words": {"categories": 3}}), "must be a list or the name of a ready one; it is 3"),
        (changed({"model": {"reference": 3}}), "A model is named by a text"),
        (changed({"model": {"precision": "int8"}}), "“precision” of “model”"),
        (changed({"contexts": {"targets": "lawn"}}), "“targets” of “contexts” must be a list"),
        (changed({"contexts": {"targets": ["a", "a"]}}), "given twice"),
        (changed({"contexts": {"windows": {"window": 4}}}), "window must be between 5 and 200"),
        (changed({"contexts": {"windows": {"seed": 1.5}}}), "“seed” of “windows” must be a whole number; it is 1.5"),
        (changed({"contexts": {"text": {"gutenberg": 0}}}), "numbers from 1 to 999,999"),
        (changed({"contexts": {"text": {"own": "../etc"}}}), "named by the SHA-256"),
        (changed({"contexts": {"text": {"builtin": "bible"}}}), "There is no built-in text “bible”"),
        (changed({"contexts": {"contrasts": {"panels": [["a", "b", "G"]]}}}), "one of A, B, C, D, E, F"),
        (changed({"contexts": {"pooling": "drop"}}), "must be one of ('last', 'mean')"),
        (changed({"sentences": {"sentences": [{"group": "a"}]}}), "Sentence 1 has no text"),
        (changed({"sentences": {"sentences": "mine"}}), "must be a list or “bundled”"),
        (changed({"sides": [None, None]}), "“sides” must be a list of two"),
        (changed({"sides": [{"measure": "dot"}, None]}), "“measure” of “side A” must be one of"),
        (changed({"words": {"basis": {"reference": "moon"}}}), "“reference” of “basis” must be one of"),
        (changed({"words": {"basis": {"components": 0}}}), "must be between 1 and 100; it is 0."),
        (changed({"view": {"bins": {"count": 1}}}), "number of bins must be between 2 and 400"),
        (changed({"view": {"bins": {"low": 0.5}}}), "needs both ends"),
        (changed({"view": {"layer": -1}}), "“layer” of “view” must be between 0 and 999"),
        (changed({"view": {"scale": "log"}}), "“scale” of “view” must be one of"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(text: str, clue: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(text)
    assert clue in str(caught.value)
    assert len(str(caught.value)) < 300


def test_every_request_has_the_model_of_the_session() -> None:
    session = replace(FULL, model=ModelChoice("bundled", "bfloat16"), contexts=first_session().contexts)
    requests = (session.word_request(), session.context_request({}), session.sentence_request())
    assert {(request.model, request.precision) for request in requests} == {("bundled", "bfloat16")}
    assert session.word_request().template == FULL.words.template
    assert session.sentence_request().pooling == "drop"


def test_an_own_text_is_found_by_its_digest_and_missed_in_a_sentence() -> None:
    text = pasted_text("The lamp. The moon.")
    reference = OwnText(text.digest, text.name)
    assert text_of(reference, {text.digest: text}) is text
    with pytest.raises(InputError, match="The text “Your text” is not here"):
        text_of(reference, {})


def test_sides_follow_the_session_in_all_that_was_not_set_by_hand() -> None:
    session = replace(first_session(), side_a=SideChoice(measure="spearman"))
    moved = replace(session, words=WordsChoice(template="A {word}", pooling="mean"))
    a, b = moved.sides()
    assert (a.template, a.pooling, a.measure) == ("A {word}", "mean", "spearman")
    assert b != a
    assert moved.compare_request().words == moved.words.words


def test_a_side_set_by_hand_keeps_only_what_differs() -> None:
    session = first_session()
    a, b = session.sides()
    assert session.with_side("A", a) == session
    assert session.with_side("A", replace(a, pooling="drop")).side_a == SideChoice(pooling="drop")
    by_hand = session.with_side("B", replace(b, template="Z {word}", pooling="mean"))
    assert by_hand.side_b == SideChoice(template="Z {word}", pooling="mean")
    assert by_hand.with_side("B", by_hand.sides()[0]).side_b == SideChoice()


def test_panels_of_ones_own_hold_every_pair_that_was_not_left_out() -> None:
    labels = ("a", "b", "c")
    assert ContrastChoice().contrasts(labels) == book_contrasts(labels)
    assert ContrastChoice("every").contrasts(labels) == every_contrast(labels)
    own = ContrastChoice("own", ((("a", "b"), "C"), (("a", "c"), ""), (("b", "b"), "B")))
    found = {contrast.name: contrast.pairs for contrast in own.contrasts(labels)}
    assert found == {
        "panel A": (("a", "a"), ("c", "c")),
        "panel B": (("b", "b"), ("b", "c")),
        "a × b": (("a", "b"),),
    }
    nothing = tuple(((one, other), "") for one in labels for other in labels)
    assert ContrastChoice("own", nothing).contrasts(labels) == book_contrasts(labels)


def test_the_choices_of_a_session_file_are_those_of_the_core() -> None:
    for choices, name, part in (
        (Scale, "scale", "view"),
        (Statistic, "statistic", "view"),
        (LayerSimilarity, "layer_similarity", "view"),
        (Approach, "approach", "view"),
        (MapOf, "map_of", "view"),
        (Precision, "precision", "model"),
        (Pooling, "pooling", "words"),
        (TokenPooling, "pooling", "contexts"),
    ):
        for value in get_args(choices):
            from_json(json.dumps({"catsel_session": VERSION, part: {name: value}}))
    for kind in get_args(ContrastKind):
        read = from_json(json.dumps({"catsel_session": VERSION, "contexts": {"contrasts": {"kind": kind}}}))
        assert read.contexts.contrasts.kind == kind
    assert len(PANELS) == 6


def test_every_field_is_documented() -> None:
    """In docs/session.md, by the path of its part and its own name."""
    documented = (Path(__file__).resolve().parents[1] / "docs" / "session.md").read_text(encoding="utf-8")
    written = json.loads(to_json(FULL))
    for part, value in written.items():
        assert f"`{part}" in documented
        for field in value if isinstance(value, dict) else value[0] if part == "sides" else ():
            assert f"`{part}.{field}`" in documented or f"`{field}`" in documented or f"`.{field}`" in documented, (
                part,
                field,
            )
