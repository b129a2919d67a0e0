"""Folders on disk that are made whole or not at all, by one process at a time, and checked before use: models, data.

A folder made here carries ``catsel.json`` with the size and SHA-256 of every other file, written
last. Small files are hashed once a process; weights only when they are about to be loaded.
"""

import functools
import hashlib
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

MANIFEST = "catsel.json"
SMALL_FILE = 16_000_000

_WAIT_SECONDS = 0.3

_TICK_NANOSECONDS = 2_000_000_000
"""Coarsest step of a file system's time stamps (FAT's)."""

_TEMPORARY = re.compile(r"\.(?P<name>.+)-[0-9a-f]{32}")
"""Name of a folder under construction."""


def ensure_folder(
    target: Path, fill: Callable[[Path], None], *, weights: bool = False, meanwhile: Callable[[], None] | None = None
) -> None:
    """Have ``target`` whole: left as it is if it is, made anew by ``fill`` if not; others who want it wait.

    Args:
        target: the folder, whose parent is made if need be.
        fill: writes the files into the folder that it is given.
        weights: compare the large files with their hashes too.
        meanwhile: called now and then while others make the folder; what it raises ends the waiting.

    Raises:
        OSError: if the folder cannot be written.
        Whatever ``fill`` and ``meanwhile`` raise; nothing is left behind then, and ``target`` is as it was.
    """
    if is_whole(target, weights=weights):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target, meanwhile or (lambda: None)):
        if not is_whole(target, weights=weights):
            remove_leftovers(target)
            _build(target, fill)


def half_made_bytes(target: Path) -> int:
    """Bytes of the files from which ``target`` is being made at this moment, by whoever does."""
    begun = (folder for folder in target.parent.glob(f".{target.name}-*") if _TEMPORARY.fullmatch(folder.name))
    return sum(bytes_in(folder) for folder in begun)


def bytes_in(folder: Path) -> int:
    """Bytes of all files in a folder that may change meanwhile."""
    total = 0
    for place, _, names in os.walk(folder):  # passes over folders that have just gone
        for name in names:
            with suppress(OSError):
                total += (Path(place) / name).stat().st_size
    return total


@contextmanager
def _alone(target: Path, meanwhile: Callable[[], None]) -> Iterator[None]:
    """As the only one who makes the folder, after waiting for whoever makes it now."""
    lock = FileLock(_lock_file(target))
    while True:
        try:
            lock.acquire(timeout=_WAIT_SECONDS)
            break
        except Timeout:
            meanwhile()
    try:
        yield
    finally:
        lock.release()


def remove_leftovers(target: Path) -> None:
    """Remove what killed processes left half-made beside ``target``, whose lock the caller holds.

    A folder under construction belongs to whoever holds its lock. The system takes a dead process's lock away, so
    where the lock can be had, nobody works on the folder any more.
    """
    for folder in target.parent.glob(".*"):
        found = _TEMPORARY.fullmatch(folder.name)
        if found is None:
            continue
        if found["name"] == target.name:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        try:
            with FileLock(_lock_file(target.with_name(found["name"])), blocking=False):
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:  # somebody is at work on it
            continue


def _lock_file(target: Path) -> Path:
    return target.with_name(f"{target.name}.lock")


def _build(target: Path, fill: Callable[[Path], None]) -> None:
    temporary = target.parent / f".{target.name}-{uuid.uuid4().hex}"
    temporary.mkdir()
    try:
        fill(temporary)
        files = {path.name: _describe(path) for path in sorted(temporary.iterdir())}
        (temporary / MANIFEST).write_text(json.dumps({"files": files}, indent=2), encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def is_whole(folder: Path, *, weights: bool = False) -> bool:
    """Whether every file is as it was written.

    Args:
        folder: made by :func:`ensure_folder`.
        weights: hash the large files too (about 1 s a GB). Without it they are compared by size, and small files are
            hashed again only when a size or a time stamp in the folder has changed.
    """
    try:
        stamps = tuple(sorted((path.name, *_stamp(path)) for path in folder.iterdir()))
    except OSError:
        return False
    if weights or _is_fresh(stamps):
        return _is_whole(folder, weights=weights)
    return _was_whole(folder, stamps)


def _is_fresh(stamps: Iterable[tuple[str, int, int]]) -> bool:
    """Whether something was written so recently that a second writing might have left the same time stamp."""
    return max((written for _, _, written in stamps), default=0) > time.time_ns() - _TICK_NANOSECONDS


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@functools.lru_cache(maxsize=32)
def _was_whole(folder: Path, _stamps: tuple[tuple[str, int, int], ...]) -> bool:
    return _is_whole(folder, weights=False)


def _is_whole(folder: Path, *, weights: bool) -> bool:
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return bool(files) and all(_matches(folder / name, entry, weights) for name, entry in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _matches(path: Path, entry: dict[str, object], weights: bool) -> bool:
    size = path.stat().st_size
    if size != entry["size"]:
        return False
    return (size > SMALL_FILE and not weights) or sha256(path) == entry["sha256"]


def _describe(path: Path) -> dict[str, object]:
    return {"size": path.stat().st_size, "sha256": sha256(path)}


def sha256(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
