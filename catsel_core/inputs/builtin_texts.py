"""Texts that need no upload and no number: Shakespeare's plays, and Python's language reference for programmers."""

import functools
import platform

from catsel_core.errors import InputError
from catsel_core.inputs import shakespeare
from catsel_core.inputs.quotations import shortened
from catsel_core.inputs.texts import Text, make_text
from catsel_core.language import mark, tr

BUILTIN = "python-reference"
"""Name of the text that is always there, without a network."""

PYTHON_REFERENCE = mark("Python's language reference")
"""Its title, in English."""


def titles() -> dict[str, str]:
    """Name and title (in English) of every built-in text, whether it is on this computer or must be fetched first."""
    return {**shakespeare.titles(), BUILTIN: PYTHON_REFERENCE}


def checked_name(name: str) -> str:
    """``name`` itself, if a built-in text is called so.

    Raises:
        InputError: otherwise.
    """
    if name in titles():
        return name
    raise InputError(
        tr(
            "There is no built-in text “{name}”; choose {usual}, shakespeare, a group of plays such as {group}, or a "
            "play such as shakespeare/hamlet.",
            name=shortened(name),
            usual=BUILTIN,
            group=shakespeare.FIRST,
        )
    )


def builtin_text(name: str = BUILTIN, directions: bool = False) -> Text:
    """A built-in text; plays that are not on this computer are fetched.

    Args:
        name: one of :func:`titles`.
        directions: of plays, also keep headings, speakers and stage directions.

    Raises:
        InputError: if there is no text of that name, or this Python came without its help texts.
        FetchError: if the plays cannot be fetched.
    """
    if checked_name(name) == BUILTIN:
        return _python_reference()
    return shakespeare.text(name, directions)


@functools.lru_cache(maxsize=1)
def _python_reference() -> Text:
    try:
        from pydoc_data.topics import topics
    except ImportError as exc:
        raise InputError(tr("This Python came without its help texts (pydoc_data). Upload a text instead.")) from exc
    return make_text(PYTHON_REFERENCE, _python_origin, "\n\n".join(topics[key] for key in sorted(topics)))


def _python_origin() -> str:
    return tr("the help texts that come with Python {version}, offline", version=platform.python_version())
