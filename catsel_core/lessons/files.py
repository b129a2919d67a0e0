"""The files of a lesson's folder: their text, or one sentence that names the file, the place in it and the way out."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from catsel_core.errors import InputError
from catsel_core.inputs.encodings import decode
from catsel_core.inputs.quotations import shortened
from catsel_core.language import beside, mark, tr

MAIN = "lesson.toml"
"""The file that makes a folder a lesson."""

_MOST_BYTES = 200_000
_MOST_SESSION_BYTES = 20_000_000
_NAME = re.compile(r"[\w][\w .-]*")
_IMAGE = re.compile(r"!\[")


@contextmanager
def told_of(place: str) -> Iterator[None]:
    """Have an error that is raised meanwhile say where it is."""
    try:
        yield
    except InputError as exc:
        raise InputError(f"{place}: {exc}") from exc


def toml_of(folder: Path, name: str) -> dict[str, Any]:
    """What a TOML file says.

    Raises:
        InputError: if it cannot be read; TOML's own complaints name line and column.
    """
    try:
        return tomllib.loads(text_of(folder, name))
    except (tomllib.TOMLDecodeError, RecursionError) as exc:
        said = tr("{name} is no TOML that can be read: {reason}. Mend that place.", name=name, reason=exc)
        raise InputError(said) from exc


def markdown_of(folder: Path, name: str) -> str:
    """The text of a Markdown file.

    Raises:
        InputError: if it cannot be read, is empty, or shows an image.
    """
    text = text_of(folder, name).strip()
    with told_of(name):
        if not text:
            raise InputError(tr("There is nothing in this file. Write the text of the step into it."))
        return checked_markdown(text)


def checked_markdown(text: str) -> str:
    """``text`` itself, if it shows no image: a browser would fetch it from wherever it says.

    Raises:
        InputError: otherwise, with the line.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if _IMAGE.search(line):
            raise InputError(
                tr("Line {number} shows an image, and lessons show none. Take it out, or link to it.", number=number)
            )
    return text


def text_of(folder: Path, name: str) -> str:
    """The text of a file.

    Raises:
        InputError: if it is not there, too large, or no text.
    """
    data = bytes_of(folder, name)
    with told_of(name):
        return decode(data, mark("lesson"), _MOST_BYTES).text.removeprefix("\ufeff")


def session_bytes(folder: Path, name: str) -> bytes:
    """A session file as it is.

    Raises:
        InputError: if it is not there or too large.
    """
    data = bytes_of(folder, name)
    if len(data) > _MOST_SESSION_BYTES:
        most = _MOST_SESSION_BYTES // 1_000_000
        raise InputError(tr("{name} is larger than {most} MB. Use a shorter text.", name=name, most=most))
    return data


def bytes_of(folder: Path, name: str) -> bytes:
    """A file of the folder.

    Raises:
        InputError: if it is not there, cannot be read, or its name leads out of the folder.
    """
    if not _NAME.fullmatch(name):
        raise InputError(tr("“{name}” is no name of a file in the lesson's folder.", name=shortened(name)))
    try:
        return (folder / name).read_bytes()
    except OSError as exc:
        said = tr(
            "{name} cannot be read ({reason}). Put it into the lesson's folder.",
            name=name,
            reason=exc.strerror or exc,
        )
        raise InputError(said) from exc


def spoken_of(folder: Path, name: str) -> str:
    """Name of the file in the language that is spoken, or ``name`` itself where there is none."""
    return beside(folder / name).name


def is_there(folder: Path, name: str) -> bool:
    """Whether the folder has such a file."""
    return (folder / name).is_file()
