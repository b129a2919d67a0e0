"""All that a visitor has, as plain values for the disk, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from catsel_core.errors import InputError
from catsel_core.export.session_contexts import text_from, text_json
from catsel_core.export.session_file import from_json, to_json
from catsel_core.inputs.plain_values import PlainValues
from catsel_core.inputs.text_references import BuiltinText, OwnTexts
from pages.ui.session.draft import Edited
from pages.ui.session.opening import Before
from pages.ui.session.whole import FIELDS, TABLES, Whole

FORM = 1
"""What stands in fields is taken up in the same form alone: a widget refuses what it does not offer."""


def values_of(whole: Whole, before: Before | None) -> dict[str, Any]:
    """Plain values of what a visitor has, and of what there is a way back to; own texts by their digests."""
    former = before and {"whole": _values(before.whole), "said": before.said}
    return {"form": FORM, **_values(whole), "before": former}


def _values(whole: Whole) -> dict[str, Any]:
    return {
        "session": to_json(whole.session),
        "texts": list(whole.texts),
        "edited": whole.edited and asdict(whole.edited),
        "fields": dict(whole.fields),
        "tables": dict(whole.tables),
        "targets": [[text_json(text), typed] for text, typed in whole.targets],
        "models": list(whole.models),
        "answers": dict(whole.answers or {}),
    }


def digests_in(values: Mapping[str, Any]) -> set[str]:
    """The digests of all own texts that are named."""
    former = values.get("before")
    return {*values["texts"], *(former["whole"]["texts"] if former else ())}


def whole_of(values: Mapping[str, Any], texts: OwnTexts) -> tuple[Whole, Before | None]:
    """What :func:`values_of` wrote, with those of its own texts that are still here.

    Raises:
        InputError: if the session cannot be used any more.
        LookupError, TypeError, ValueError: if these are no values of that function.
    """
    if values["form"] != FORM:
        return Whole(from_json(values["session"]), _named(values["texts"], texts)), None
    former = values["before"]
    return _whole(values, texts), former and Before(_whole(former["whole"], texts), str(former["said"]))


def _whole(values: Mapping[str, Any], texts: OwnTexts) -> Whole:
    edited, fields, tables = values["edited"], values["fields"], values["tables"]
    return Whole(
        from_json(values["session"]),
        _named(values["texts"], texts),
        edited and _edited(edited),
        {key: fields[key] for key, kind in FIELDS.items() if type(fields.get(key)) is kind},
        {key: (tables[key][0], tables[key][1]) for key in TABLES if key in tables},
        tuple((text_from(PlainValues(text, "text"), BuiltinText()), str(typed)) for text, typed in values["targets"]),
        tuple(map(str, values["models"])),
        {str(key): str(answer) for key, answer in values["answers"].items()},
    )


def _edited(values: Mapping[str, Any]) -> Edited:
    categories = tuple((str(n), str(t), str(c), bool(hidden)) for n, t, c, hidden in values["categories"])
    return Edited(categories, str(values["preset"]))


def _named(digests: Any, texts: OwnTexts) -> OwnTexts:
    return {digest: texts[digest] for digest in digests if digest in texts}


DAMAGE = (InputError, LookupError, TypeError, ValueError, AttributeError)
"""What :func:`whole_of` raises of values that another catsel wrote, or nobody."""
