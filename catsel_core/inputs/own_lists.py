"""Word lists in the folder that ``CATSEL_LISTS`` names, one a file, beside the ready ones."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catsel_core.errors import InputError
from catsel_core.inputs.presets import PRESETS_BY_NAME, Preset
from catsel_core.inputs.word_list_checks import validated
from catsel_core.inputs.word_list_files import parse
from catsel_core.inputs.word_lists import WordList
from catsel_core.language import tr
from catsel_core.settings import current_settings

ENDINGS = (".csv", ".tsv", ".json", ".jsonl", ".txt", ".md")
"""Of files that are read as lists; others are let be."""

_MOST = 200


@dataclass(frozen=True, slots=True)
class ReadyLists:
    """Lists to start from, by name, and a sentence for each file that cannot be used."""

    by_name: dict[str, Preset]
    problems: tuple[str, ...] = ()


def ready_lists() -> ReadyLists:
    """Those that come along, and one's own after them; a broken file takes no other down."""
    lists = dict(PRESETS_BY_NAME)
    folder = current_settings().lists
    if folder is None:
        return ReadyLists(lists)
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
    except OSError as exc:
        reason = exc.strerror or str(exc)
        problem = tr(
            "CATSEL_LISTS is “{folder}”, which cannot be read ({reason}). Name a folder.", folder=folder, reason=reason
        )
        return ReadyLists(lists, (problem,))
    problems = tuple(_add(lists, paths[:_MOST]))
    return ReadyLists(lists, problems)


def _add(lists: dict[str, Preset], paths: Iterable[Path]) -> Iterator[str]:
    """Each list under a name that no other has: its file's, with the ending where that is taken."""
    for path in paths:
        try:
            stat = path.stat()
            made = _read(path, stat.st_mtime_ns, stat.st_size)
        except OSError as exc:
            yield tr("The list {file} cannot be read ({reason}).", file=path.name, reason=exc.strerror or exc)
        except InputError as exc:
            yield tr("The list {file} cannot be used: {reason}", file=path.name, reason=exc)
        else:
            name = path.stem if path.stem not in lists else path.name
            question = tr("A list of this server's own, from the file {file}.", file=path.name)
            lists[name] = Preset(name, question, made, is_own=True)


@functools.lru_cache(maxsize=2 * _MOST)
def _read(path: Path, _time: int, _size: int) -> WordList:
    """Read anew only when the file has changed."""
    return validated(parse(path.read_bytes()).content)
