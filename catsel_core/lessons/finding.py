"""Where lessons are: those that come along, and those in the folder that ``CATSEL_LESSONS`` names."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from catsel_core.errors import InputError
from catsel_core.language import spoken, tr
from catsel_core.lessons.reading import read_lesson
from catsel_core.lessons.records import Lesson
from catsel_core.session import Session, first_session
from catsel_core.settings import current_settings

BUNDLED = Path(__file__).with_name("bundled")
BUNDLED_NAMES = ("categories-appear", "delta-and-t", "anisotropy", "contexts-and-senses")
"""In the order of a course."""

_MOST = 200

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """All lessons that there are: ready ones, own ones, and a sentence for each that cannot be read."""

    ready: tuple[Lesson, ...]
    own: tuple[Lesson, ...] = ()
    problems: tuple[str, ...] = ()

    def named(self, name: str) -> Lesson | None:
        """The lesson of this name, if there is one."""
        return next((lesson for lesson in (*self.ready, *self.own) if lesson.name == name), None)


def all_lessons() -> Lessons:
    """Those that come along, and one's own; a broken one takes no other down."""
    start = first_session()
    ready = tuple(_read(BUNDLED / name, _signature(BUNDLED / name), start, spoken()) for name in BUNDLED_NAMES)
    folder = current_settings().lessons
    if folder is None:
        return Lessons(ready)
    try:
        inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError as exc:
        problem = tr(
            "CATSEL_LESSONS is “{folder}”, which cannot be read ({reason}). Name a folder.",
            folder=folder,
            reason=exc.strerror or exc,
        )
        return Lessons(ready, (), (problem,))
    return Lessons(ready, *_own(inside[:_MOST], start))


def _own(folders: Iterable[Path], start: Session) -> tuple[tuple[Lesson, ...], tuple[str, ...]]:
    lessons: list[Lesson] = []
    problems: list[str] = []
    for folder in folders:
        if folder.name in BUNDLED_NAMES:
            problems.append(tr("Lesson “{name}”: a ready lesson has this name. Rename the folder.", name=folder.name))
            continue
        try:
            lessons.append(_read(folder, _signature(folder), start, spoken()))
        except InputError as exc:
            problems.append(str(exc))
    return tuple(lessons), tuple(problems)


@functools.lru_cache(maxsize=2 * _MOST)
def _read(folder: Path, _: Signature, _start: Session, _language: str) -> Lesson:
    """Read anew only when a file has changed, or what a session begins with; once for every language."""
    return read_lesson(folder)


def _signature(folder: Path) -> Signature:
    """Name, time and size of every file in a folder."""
    try:
        stats = [(each.name, each.stat()) for each in sorted(folder.iterdir()) if each.is_file()]
    except OSError as exc:
        said = tr(
            "Lesson “{name}”: its folder cannot be read ({reason}).", name=folder.name, reason=exc.strerror or exc
        )
        raise InputError(said) from exc
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
