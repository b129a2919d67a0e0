"""Results on disk, found by what they were computed from.

One npz file a result (arrays plus one JSON text; the zip's checksums find damage). Files are
written beside their place and renamed into it. A lock file per key makes threads and processes
that want the same result wait for the one that computes it. The folder is kept below a size:
what was least recently used goes first, and what killed processes left half-written goes too.
"""

import hashlib
import json
import os
import struct
import time
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints

import numpy as np
from filelock import AcquireReturnProxy, FileLock
from numpy.typing import NDArray

from catsel_core.arrays import freeze
from catsel_core.settings import current_settings, results_dir

ABANDONED_SECONDS = 3600.0
"""Age of a half-written file whose writer must have been killed: writing takes seconds."""

PUTS = 64
"""Of small entries, until room is made."""

_COUNT = count()

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    NotImplementedError,
)
"""What a file provokes that is no whole result: a zip, numpy or JSON that cannot be read, or a part that is missing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a result consists of: named arrays (read-only) and plain JSON values."""

    arrays: Mapping[str, NDArray[Any]]
    values: Mapping[str, Any]


Record = TypeVar("Record")


def entry_of(record: Any) -> Entry:
    """A dataclass of arrays, plain JSON values and such dataclasses; a part within a part is named ``test.delta.p``."""
    leaves = dict(_leaves(record, ""))
    arrays = {name: value for name, value in leaves.items() if isinstance(value, np.ndarray)}
    return Entry(arrays, {name: value for name, value in leaves.items() if name not in arrays})


def _leaves(record: Any, before: str) -> Iterator[tuple[str, Any]]:
    for each in fields(record):
        value, name = getattr(record, each.name), before + each.name
        if is_dataclass(value):
            yield from _leaves(value, f"{name}.")
        else:
            yield name, value


def record_of(kind: type[Record], entry: Entry, before: str = "") -> Record:
    """What :func:`entry_of` was made from.

    Args:
        kind: its dataclass.
        entry: of it.
        before: name of the part that it is of another one, with a dot behind.

    Raises:
        KeyError: if the entry is of something else.
    """
    found = {**entry.values, **entry.arrays}
    hints = get_type_hints(kind)
    parts = {
        each.name: record_of(hints[each.name], entry, f"{before}{each.name}.")
        if is_dataclass(hints[each.name])
        else found[before + each.name]
        for each in fields(kind)  # type: ignore[arg-type]  # a dataclass
    }
    return kind(**parts)


def content_key(parts: Mapping[str, Any]) -> str:
    """SHA-256 over plain values as canonical JSON; equal parts give equal keys on every machine."""
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class Store(Protocol):
    """Where results are kept. Safe to use from several threads at once."""

    def get(self, key: str) -> Entry | None:
        """The stored result, or None if there is none that is whole."""

    def get_or_compute(self, key: str, compute: Callable[[], Entry]) -> Entry:
        """The stored result, computed first if need be: once, however many ask at the same time."""

    def forget(self, key: str) -> None:
        """Remove a result that serves nobody any more; nothing happens if there is none."""


class FolderStore:
    """A folder of results. Safe to use from several threads and processes at once."""

    def __init__(self, folder: Path | None = None, max_bytes: int | None = None) -> None:
        self.folder = folder if folder is not None else results_dir()
        self.max_bytes = max_bytes if max_bytes is not None else current_settings().results_bytes

    def get(self, key: str) -> Entry | None:
        """The stored result, or None if there is none that can be read now; a damaged file is removed."""
        path = self._path(key)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as loaded:
                stored = json.loads(loaded["json"].tobytes())
                arrays = {name: loaded[name] for name in stored["arrays"]}
                values = stored["values"]
        except _DAMAGE:
            self.forget(key)
            return None
        except Exception:  # no such file; or no memory, too many open files, no permission: then it may well be whole
            return None
        freeze(*arrays.values())
        with suppress(OSError):
            os.utime(path)  # the time of last use orders what goes first
        return Entry(arrays, values)

    def get_or_compute(self, key: str, compute: Callable[[], Entry]) -> Entry:
        """The stored result, computed first if need be: once, however many ask at the same time.

        A result that cannot be written (no space, no permission) is returned all the same.
        """
        found = self.get(key)
        if found is not None:
            return found
        try:
            lock = self._locked(key)
        except OSError:
            return compute()
        with lock:  # another thread or process may have computed it while this one waited
            found = self.get(key)
            if found is None:
                found = compute()
                with suppress(OSError):
                    self._write(key, found)
                    self._make_room()
        return found

    def put(self, key: str, entry: Entry) -> bool:
        """Write something small in the place of what the key had; whether that could be done (space, permission).

        The folder may grow beyond its size by :data:`PUTS` entries: to make room, all are looked at.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(key, entry)
            if next(_COUNT) % PUTS == 0:
                self._make_room()
        except OSError:
            return False
        return True

    def forget(self, key: str) -> None:
        """Remove a result; one that is not there or cannot be removed is left alone."""
        with suppress(OSError):
            self._path(key).unlink()

    def _locked(self, key: str) -> AcquireReturnProxy[FileLock]:
        locks = self.folder / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        return FileLock(locks / f"{key[:2]}.lock").acquire()  # 256 lock files at most; they stay

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"

    def _write(self, key: str, entry: Entry) -> None:
        stored = {"arrays": list(entry.arrays), "values": dict(entry.values)}
        text = np.frombuffer(json.dumps(stored).encode(), np.uint8)
        temporary = self.folder / f".{key}-{uuid.uuid4().hex}"
        try:
            with temporary.open("wb") as file:
                np.savez(file, allow_pickle=False, json=text, **dict(entry.arrays))
            temporary.replace(self._path(key))
        finally:
            temporary.unlink(missing_ok=True)

    def _make_room(self) -> None:
        self._remove_abandoned()
        files = [(path, path.stat()) for path in self.folder.glob("*.npz")]
        files.sort(key=lambda file: file[1].st_mtime_ns)
        excess = sum(stat.st_size for _, stat in files) - self.max_bytes
        for path, stat in files[:-1]:  # the newest always stays
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= stat.st_size

    def _remove_abandoned(self) -> None:
        """Half-written files of processes that were killed: a name of :meth:`_write`, and too old to be written to."""
        latest = time.time() - ABANDONED_SECONDS
        for path in self.folder.glob(".*-*"):
            with suppress(OSError):  # renamed or removed in between
                if path.stat().st_mtime < latest:
                    path.unlink()
