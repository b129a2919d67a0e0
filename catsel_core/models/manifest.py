"""Model folders on disk: made whole or not at all, and checked before use.

A folder made here carries ``catsel.json`` with the size and SHA-256 of every other file, written
last. Small files are hashed at every check; weights only when they are about to be loaded.
"""

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

MANIFEST = "catsel.json"
SMALL_FILE = 16_000_000


def build_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Let ``fill`` write into a temporary folder beside ``target``, then put it in ``target``'s place.

    If ``fill`` raises, nothing is left behind and ``target`` is as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
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
    """Whether every file is as it was written; ``weights`` also hashes the large files (about 1 s a GB)."""
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
