"""The session of a step: a saved file, or the parts of one that a step names on top of its lesson's."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catsel_core.errors import InputError
from catsel_core.export.session_file import VERSION, opened
from catsel_core.inputs.plain_values import shown
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import tr
from catsel_core.lessons.files import session_bytes, told_of
from catsel_core.session import Session

Parts = Mapping[str, Any]
"""A session's plain values, as docs/session.md has them; what is left out is as at first."""


def parts_of(named: Any, folder: Path, base: Parts) -> Parts:
    """What ``session`` of a lesson or a step says: the name of a session file, or parts that go over ``base``.

    Raises:
        InputError: if it is neither, or the file cannot be read.
    """
    if named is None:
        return base
    if isinstance(named, Mapping):
        return _over(base, named)
    if not isinstance(named, str):
        raise InputError(
            tr("“session” must be the name of a session file or a table; it is {value}.", value=shown(named))
        )
    with told_of(named):
        try:
            loaded = json.loads(session_bytes(folder, named).decode("utf-8-sig"))
        except (ValueError, RecursionError) as exc:
            said = tr("This is not a catsel session: its JSON cannot be read ({reason}).", reason=exc)
            raise InputError(said) from exc
        if not isinstance(loaded, dict):
            raise InputError(tr("This is not a catsel session: it must be an object in braces."))
        return loaded


def session_of(parts: Parts) -> tuple[Session, OwnTexts]:
    """The session that these parts make, checked as a session file is.

    Raises:
        InputError: if something in it cannot be used.
    """
    with told_of("session"):
        return opened(json.dumps({"catsel_session": VERSION, **parts}, default=str).encode())


def _over(base: Parts, named: Parts) -> Parts:
    """Tables go into each other; anything else takes the place of what there was."""
    both = {
        name: _over(base[name], value)
        for name, value in named.items()
        if isinstance(value, Mapping) and isinstance(base.get(name), Mapping)
    }
    return {**base, **named, **both}
