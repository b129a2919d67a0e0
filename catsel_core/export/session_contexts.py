"""The part of a session file that says which words are looked for in which text."""

from dataclasses import asdict
from typing import Any

from catsel_core.errors import InputError
from catsel_core.export.session_measures import measure_from, measure_json
from catsel_core.inputs.builtin_texts import checked_name
from catsel_core.inputs.gutenberg import is_cached
from catsel_core.inputs.items import TokenPooling
from catsel_core.inputs.occurrences import WindowChoice, checked_choice
from catsel_core.inputs.plain_values import PlainValues, shown
from catsel_core.inputs.targets import checked_targets
from catsel_core.inputs.text_references import BuiltinText, GutenbergBook, OwnText, TextReference
from catsel_core.inputs.writing import has_halves
from catsel_core.language import tr
from catsel_core.session import PANELS, ContextsChoice, ContrastChoice, ContrastKind, first_contexts

_MOST_PANELS = 1_000
"""Pairs with a panel: of eight words there are 36, and those of words from before are kept."""


def contexts_json(chosen: ContextsChoice) -> dict[str, Any]:
    """The choices of Contexts and Tornado as plain values; an own text by its digest."""
    panels = [[*pair, panel] for pair, panel in chosen.contrasts.panels]
    return {
        "text": text_json(chosen.text),
        "targets": list(chosen.targets),
        "windows": asdict(chosen.windows),
        "pooling": chosen.pooling,
        "contrasts": {"kind": chosen.contrasts.kind, "panels": panels},
        **measure_json(chosen),
    }


def text_json(text: TextReference) -> dict[str, Any]:
    """Which text is meant, as plain values."""
    match text:
        case BuiltinText(name, directions):
            return {"builtin": name, "directions": directions}
        case GutenbergBook(number, keep_boilerplate):
            return {"gutenberg": number, "keep_boilerplate": keep_boilerplate}
        case OwnText(digest, name, keep_boilerplate):
            return {"own": digest, "name": name, "keep_boilerplate": keep_boilerplate}


def contexts_from(values: PlainValues) -> ContextsChoice:
    """The choices that :func:`contexts_json` wrote; what is left out is as at first.

    Raises:
        InputError: if something in it cannot be used.
    """
    start = first_contexts()
    chosen = ContextsChoice(
        text_from(values.part("text"), start.text) if values.has("text") else start.text,
        _targets(values.rows("targets")) if values.has("targets") else start.targets,
        _windows(values.part("windows")),
        values.choice("pooling", TokenPooling, "last"),
        _contrasts(values.part("contrasts")),
        *measure_from(values),
    )
    values.end()
    return chosen


def _targets(listed: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(target, str) for target in listed):
        raise InputError(tr("“targets” of “contexts” must be a list of words; it is {found}.", found=shown(listed)))
    return checked_targets(listed)


def text_from(values: PlainValues, first: TextReference) -> TextReference:
    """The text that :func:`text_json` named, or ``first`` where nothing is named.

    Raises:
        InputError: if there can be no such text.
    """
    text = first
    if values.has("own"):
        named = _digest(values.take("own")), values.text("name", "Your text")
        text = OwnText(*named, values.flag("keep_boilerplate", False))
    elif values.has("gutenberg"):
        number = values.whole("gutenberg", 0)
        is_cached(number)  # refuses what is no book's number
        text = GutenbergBook(number, values.flag("keep_boilerplate", False))
    elif values.has("builtin"):
        text = BuiltinText(checked_name(values.text("builtin", "")), values.flag("directions", False))
    values.end()
    return text


def _digest(found: Any) -> str:
    if isinstance(found, str) and len(found) == 64 and set(found) <= set("0123456789abcdef"):
        return found
    said = tr("An own text is named by the SHA-256 of its content; the session has {found}.", found=shown(found))
    raise InputError(said)


def _windows(values: PlainValues) -> WindowChoice:
    start = WindowChoice()
    most = start.most
    if values.names("most"):
        most = values.whole("most", 0) if values.has("most") else None
    choice = WindowChoice(
        values.whole("window", start.window),
        most,
        values.flag("other_forms", start.other_forms),
        values.whole("seed", start.seed),
        values.flag("whole_words", start.whole_words),
    )
    values.end()
    return checked_choice(choice)


def _contrasts(values: PlainValues) -> ContrastChoice:
    kind = values.choice("kind", ContrastKind, "book")
    rows = values.rows("panels")
    values.end()
    if len(rows) > _MOST_PANELS:
        said = tr(
            "There can be {most:,} pairs of words with a panel; the session has {count:,}.",
            most=_MOST_PANELS,
            count=len(rows),
        )
        raise InputError(said)
    panels = tuple(map(_panel, rows))
    return ContrastChoice(kind, panels)


def _panel(row: Any) -> tuple[tuple[str, str], str]:
    if isinstance(row, list) and len(row) == 3 and all(isinstance(cell, str) for cell in row):
        first, second, panel = row
        if panel in ("", *PANELS) and not has_halves(first + second):
            return (first, second), panel
    raise InputError(
        tr(
            "A panel is two words and one of {panels} or an empty text; the session has {found}.",
            panels=", ".join(PANELS),
            found=shown(row),
        )
    )
