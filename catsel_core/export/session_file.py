"""A session as JSON that people can read, and back: checked by the same functions as typed text.

The form has a version; what a reader does not know is refused with a sentence instead of being dropped.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from catsel_core.analyses.contexts import Bins, checked_bins
from catsel_core.analyses.prompts import checked_templates
from catsel_core.analyses.side_by_side import LayerSimilarity
from catsel_core.analyses.word_views import MapOf
from catsel_core.errors import InputError
from catsel_core.export.session_contexts import contexts_from, contexts_json
from catsel_core.export.session_measures import basis_from, measure_from, measure_json
from catsel_core.inputs.items import DEFAULT_TEMPLATE, TEMPLATES, Pooling, checked_template
from catsel_core.inputs.plain_values import PlainValues, shown
from catsel_core.inputs.presets import PRESETS_BY_NAME
from catsel_core.inputs.sentence_files import bundled_senses
from catsel_core.inputs.sentences import Sentence, checked
from catsel_core.inputs.text_references import OwnText, OwnTexts, TextReference
from catsel_core.inputs.texts import Text, make_text
from catsel_core.inputs.word_list_checks import validated
from catsel_core.inputs.word_list_files import to_json as words_to_json
from catsel_core.inputs.word_list_json import read_json
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import tr
from catsel_core.models.spec import Precision
from catsel_core.session import (
    Approach,
    ModelChoice,
    Scale,
    SentencesChoice,
    Session,
    SideChoice,
    View,
    WordsChoice,
)
from catsel_core.statistics.clusters import Order, Ordering
from catsel_core.statistics.measures import Measure
from catsel_core.statistics.pairs import Statistic

VERSION = 1

BUNDLED_SENTENCES = "bundled"
"""Stands for the sentences that come along."""

NO_TEXTS: OwnTexts = {}

MOST_LAYER = 999
"""Largest index of a hidden state that a session can open with."""


def to_json(session: Session, own: OwnTexts = NO_TEXTS) -> str:
    """The whole session; :func:`from_json` reads it back.

    Args:
        session: what somebody has chosen.
        own: their own texts; the one that the session is about is written too, for :func:`opened`.
    """
    sides = [asdict(session.side_a), session.side_b and asdict(session.side_b)]
    parts = {
        "catsel_session": VERSION,
        "model": asdict(session.model),
        "words": _words_json(session.words),
        "contexts": contexts_json(session.contexts),
        "sentences": _sentences_json(session.sentences),
        "sides": sides,
        "view": asdict(session.view),
        **_texts_json(session.contexts.text, own),
    }
    return json.dumps(parts, ensure_ascii=False, indent=1)


def from_json(text: str) -> Session:
    """The session that :func:`to_json` wrote, or somebody by hand: what is left out is as at first.

    Raises:
        InputError: if it is no session, of a newer version, or something in it cannot be used.
    """
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise InputError(tr("This is not a catsel session: its JSON cannot be read ({why}).", why=exc)) from exc
    values = PlainValues(loaded, "session")
    values.take("texts")  # see opened
    _check_version(values.take("catsel_session"))
    session = Session(
        _model(values.part("model")),
        _words(values.part("words")),
        contexts_from(values.part("contexts")),
        _sentences(values.part("sentences")),
        *_sides(values.take("sides", [{}, None])),
        _view(values.part("view")),
    )
    values.end()
    return session


def opened(data: bytes) -> tuple[Session, OwnTexts]:
    """The session in a file, and the texts in it by their digests, which are those of their contents.

    Raises:
        InputError: as :func:`from_json`, or if the file is not text in UTF-8, or a text in it cannot be used.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise InputError(tr("This is not a catsel session: it is not text in UTF-8.")) from exc
    session = from_json(text)
    listed = PlainValues(json.loads(text), "session").rows("texts")
    made = [_own_text(PlainValues(entry, "text")) for entry in listed]
    return session, {one.digest: one for one in made}


def _own_text(values: PlainValues) -> Text:
    made = make_text(values.text("name", "Your text"), values.text("origin", "saved"), values.text("content", ""))
    values.end()
    return made


def _texts_json(reference: TextReference, own: OwnTexts) -> dict[str, Any]:
    if not isinstance(reference, OwnText) or reference.digest not in own:
        return {}
    text = own[reference.digest]
    return {"texts": [{"name": text.name, "origin": text.origin, "content": text.content}]}


def _check_version(version: Any) -> None:
    if version == VERSION and not isinstance(version, bool):
        return
    if isinstance(version, int) and version > VERSION:
        raise InputError(
            tr(
                "This session was written by a newer catsel (form {form}; this one reads form {own}). Update it.",
                form=version,
                own=VERSION,
            )
        )
    said = tr(
        "This is not a catsel session: “catsel_session” must be {own}; it is {found}.",
        own=VERSION,
        found=shown(version),
    )
    raise InputError(said)


def _model(values: PlainValues) -> ModelChoice:
    reference = values.take("reference")
    precision = values.choice("precision", Precision, "float32")
    values.end()
    return ModelChoice(precision=precision) if reference is None else ModelChoice(_reference(reference), precision)


def _reference(found: Any) -> str:
    if isinstance(found, str) and found.isprintable() and 0 < len(found) <= 1_000:
        return found
    raise InputError(tr("A model is named by a text such as “bundled”; the session has {found}.", found=shown(found)))


def _words_json(chosen: WordsChoice) -> dict[str, Any]:
    categories = json.loads(words_to_json(chosen.words))["categories"]
    rest = {"template": chosen.template, "pooling": chosen.pooling, **measure_json(chosen)}
    rest["templates"] = list(chosen.templates)
    return {"categories": categories, **rest}


def _words(values: PlainValues) -> WordsChoice:
    chosen = WordsChoice(
        _categories(values) if values.has("categories") else WordsChoice().words,
        checked_template(values.text("template", DEFAULT_TEMPLATE)),
        values.choice("pooling", Pooling, "last"),
        *measure_from(values),
        _templates(values.rows("templates")) if values.has("templates") else TEMPLATES,
    )
    values.end()
    return chosen


def _categories(values: PlainValues) -> WordList:
    """Categories with their words, or the name of a ready list."""
    found = values.take("categories")
    if isinstance(found, str):
        if found not in PRESETS_BY_NAME:
            said = tr("There is no ready list called “{name}” here. Write its categories instead.", name=shown(found))
            raise InputError(said)
        return PRESETS_BY_NAME[found].words
    if not isinstance(found, list):
        said = tr(
            "“categories” of “words” must be a list or the name of a ready one; it is {found}.", found=shown(found)
        )
        raise InputError(said)
    return validated(read_json(json.dumps({"categories": found})).content)


def _templates(listed: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(template, str) for template in listed):
        raise InputError(tr("“templates” of “words” must be a list of prompts; it is {found}.", found=shown(listed)))
    return checked_templates(listed)


def _sentences_json(chosen: SentencesChoice) -> dict[str, Any]:
    bundled = chosen.sentences == bundled_senses()
    listed = BUNDLED_SENTENCES if bundled else [asdict(sentence) for sentence in chosen.sentences]
    return {"sentences": listed, "pooling": chosen.pooling, **measure_json(chosen)}


def _sentences(values: PlainValues) -> SentencesChoice:
    listed = values.take("sentences", BUNDLED_SENTENCES)
    pooling, compared = values.choice("pooling", Pooling, "last"), measure_from(values)
    values.end()
    if listed == BUNDLED_SENTENCES:
        return SentencesChoice(bundled_senses(), pooling, *compared)
    if not isinstance(listed, list):
        said = tr(
            "“sentences” must be a list or “{bundled}”; it is {found}.", bundled=BUNDLED_SENTENCES, found=shown(listed)
        )
        raise InputError(said)
    return SentencesChoice(checked([_sentence(entry) for entry in listed]), pooling, *compared)


def _sentence(entry: Any) -> Sentence:
    values = PlainValues(entry, "sentence")
    sentence = Sentence(values.text("group", ""), values.text("text", ""), values.text("target", ""))
    values.end()
    return sentence


def _sides(listed: Any) -> tuple[SideChoice, SideChoice | None]:
    if not isinstance(listed, Sequence) or len(listed) != 2 or listed[0] is None:
        raise InputError(tr("“sides” must be a list of two, A and B; it is {found}.", found=shown(listed)))
    a, b = listed
    return _side(PlainValues(a, "side A")), None if b is None else _side(PlainValues(b, "side B"))


def _side(values: PlainValues) -> SideChoice:
    chosen = SideChoice(
        checked_template(values.text("template", "")) if values.has("template") else None,
        values.choice("pooling", Pooling) if values.has("pooling") else None,
        _reference(values.take("model")) if values.has("model") else None,
        values.choice("precision", Precision) if values.has("precision") else None,
        values.choice("measure", Measure) if values.has("measure") else None,
        basis_from(values.part("basis")) if values.has("basis") else None,
    )
    values.end()
    return chosen


def _view(values: PlainValues) -> View:
    view = View(
        values.choice("scale", Scale, "layer"),
        values.choice("statistic", Statistic, "delta"),
        values.choice("layer_similarity", LayerSimilarity, "debiased-cka"),
        _bins(values.part("bins")),
        values.choice("approach", Approach, "book"),
        values.choice("map_of", MapOf, "similarities"),
        _ordering(values.part("ordering")),
        values.whole("layer", 0) if values.has("layer") else None,
    )
    values.end()
    if view.layer is not None and not 0 <= view.layer <= MOST_LAYER:
        said = tr("“layer” of “view” must be between 0 and {most}; it is {layer}.", most=MOST_LAYER, layer=view.layer)
        raise InputError(said)
    return view


def _ordering(values: PlainValues) -> Ordering:
    ordering = Ordering(values.choice("order", Order, "typed"), values.flag("each", default=False))
    values.end()
    return ordering


def _bins(values: PlainValues) -> Bins:
    low = values.number("low") if values.has("low") else None
    high = values.number("high") if values.has("high") else None
    bins = Bins(values.whole("count", Bins().count), low, high)
    values.end()
    return checked_bins(bins)
