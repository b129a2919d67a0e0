"""A model's files from the hub into its cache folder: checked, and resumed where an earlier try ended."""

import contextlib
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from filelock import FileLock, Timeout

from catsel_core.errors import ModelError
from catsel_core.language import tr
from catsel_core.models.hub.api import (
    ANSWER_SECONDS,
    NOT_THE_HUB,
    HubFile,
    Listing,
    check_status,
    endpoint,
    failure,
    headers,
)
from catsel_core.settings import current_settings
from catsel_core.system.network import body, connection_problem

if TYPE_CHECKING:
    import requests

READ_SECONDS = 10.0
"""Longest silence of the other side."""
PAUSE_SECONDS = 0.5
"""Before a broken transfer is taken up again."""
SPARE_BYTES = 500_000_000
"""Disk that a download leaves free."""

CHUNK_BYTES = 1 << 16
"""What is read at once, and the most that a cut connection costs."""

_WAIT_SECONDS = 0.3

Progress = Callable[[int, int], None]
"""Called with (bytes here, bytes in all); what it raises ends the download, and what has come is kept."""

Approve = Callable[[Path], None]
"""Called with the folder that holds the small files, before the weights are fetched; raises if they are not wanted."""


def fetch(offer: Listing, approve: Approve, progress: Progress | None = None) -> Path:
    """Everything of ``offer``, small files first; one process fetches a model, others watch it.

    Returns:
        The folder of the files.

    Raises:
        ModelError: if it is too large, does not fit on the disk, breaks off, or is not what was announced.
        Whatever ``approve`` and ``progress`` raise.
    """
    show = progress or (lambda _done, _total: None)
    _check_size(offer)
    folder = offer.reference.folder
    try:
        (folder / "blobs").mkdir(parents=True, exist_ok=True)
        with _alone(folder, offer, show):
            target = _fetch_all(offer, approve, show)
    except OSError as exc:
        raise ModelError(
            tr(
                "{model} cannot be written to {folder}: {reason}.",
                model=offer.reference.id,
                folder=folder,
                reason=exc.strerror or exc,
            )
        ) from exc
    return target


def _check_size(offer: Listing) -> None:
    most = current_settings().max_model_bytes
    if most == 0:
        raise ModelError(
            tr(
                "{model} is not on this computer, and downloads are switched off here (CATSEL_MAX_MODEL_GB=0).",
                model=offer.reference.id,
            )
        )
    if offer.total_bytes > most:
        raise ModelError(
            tr(
                "{model} is a download of {size:.1f} GB; at most {most:g} GB "
                "are allowed here. Choose a smaller model, or set CATSEL_MAX_MODEL_GB higher.",
                model=offer.reference.id,
                size=offer.total_bytes / 1e9,
                most=most / 1e9,
            )
        )


@contextlib.contextmanager
def _alone(folder: Path, offer: Listing, progress: Progress) -> Iterator[None]:
    """As the only one who fetches this model; until then progress is what another process has done so far."""
    lock = FileLock(folder / "catsel.lock")
    while True:
        try:
            lock.acquire(timeout=_WAIT_SECONDS)
            break
        except Timeout:
            progress(_present_bytes(offer), offer.total_bytes)
    try:
        yield
    finally:
        lock.release()


def _present_bytes(offer: Listing) -> int:
    files = (*offer.small, *offer.weights)
    return sum(max(_size(_place(offer, file)), _size(_unfinished(offer, file)), 0) for file in files)


def _fetch_all(offer: Listing, approve: Approve, progress: Progress) -> Path:
    target = offer.reference.folder / "snapshots" / offer.commit
    target.mkdir(parents=True, exist_ok=True)
    missing = [file for file in (*offer.small, *offer.weights) if _size(_place(offer, file)) != file.size]
    done = offer.total_bytes - sum(file.size for file in missing)
    progress(done, offer.total_bytes)
    approved = False
    for file in missing:
        if not approved and file in offer.weights:
            approve(target)
            _check_disk(offer)
            approved = True
        _Transfer(offer, file, done, progress).run()
        done += file.size
    _record(offer)
    return target


def _check_disk(offer: Listing) -> None:
    needed = offer.total_bytes - _present_bytes(offer)
    free = shutil.disk_usage(offer.reference.folder).free - SPARE_BYTES
    if needed > free:
        raise ModelError(
            tr(
                "{model} needs {needed:.2f} GB more on the disk of {folder}, which has "
                "{free:.2f} GB to spare. Free some space, or set HF_HOME to a folder on another disk.",
                model=offer.reference.id,
                needed=needed / 1e9,
                folder=offer.reference.folder,
                free=max(free, 0) / 1e9,
            )
        )


def _record(offer: Listing) -> None:
    """Keep what the branch stood for, so that the same name means the same model from now on."""
    if offer.reference.revision == offer.commit:
        return
    path = offer.reference.folder / "refs" / offer.reference.revision
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as written:
        written.write(offer.commit)
    Path(written.name).replace(path)  # whole at any moment: others may be reading it


def _place(offer: Listing, file: HubFile) -> Path:
    return offer.reference.folder / "snapshots" / offer.commit / file.name


def _unfinished(offer: Listing, file: HubFile) -> Path:
    return offer.reference.folder / "blobs" / f"{offer.commit}-{file.name}.catsel-part"


def _size(path: Path) -> int:
    """Bytes of a file; −1 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


@dataclass(slots=True)
class _Transfer:
    """One file on its way; ``before`` bytes of the model are here already."""

    offer: Listing
    file: HubFile
    before: int
    progress: Progress

    def run(self) -> None:
        """Fetch, check, and put the file in its place."""
        part = _unfinished(self.offer, self.file)
        while (before := _size(part)) < self.file.size:
            problem = self._attempt(part, max(before, 0))
            if _size(part) <= before:
                raise self._broken_off(part, problem)
            if problem:
                time.sleep(PAUSE_SECONDS)
        if not self._is_right(part):
            part.unlink()
            reason = tr("{file} does not match its checksum, so it was thrown away; try again", file=self.file.name)
            raise failure(self.offer.reference, reason)
        part.replace(_place(self.offer, self.file))

    def _attempt(self, part: Path, start: int) -> str:
        """One request, from where the last one ended; what ended it too early, if something did."""
        import requests

        try:
            self._append(part, start)
        except requests.RequestException as exc:
            return connection_problem(exc) or tr(NOT_THE_HUB)
        return ""

    def _append(self, part: Path, start: int) -> None:
        import requests

        reference = self.offer.reference
        address = f"{endpoint()}/{reference.id}/resolve/{self.offer.commit}/{quote(self.file.name)}"
        asked = {**headers(), "Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
        timeout = (ANSWER_SECONDS, READ_SECONDS)
        with requests.get(address, headers=asked, timeout=timeout, stream=True) as response:
            check_status(reference, response)
            resumed = response.status_code == 206
            self._check_length(response, start if resumed else 0)
            with part.open("ab" if resumed else "wb") as out:
                self._write(response, out)

    def _write(self, response: "requests.Response", out: BinaryIO) -> None:
        for chunk in body(response, CHUNK_BYTES):
            out.write(chunk)
            if out.tell() > self.file.size:
                return  # more than was announced: the check will say so
            self.progress(self.before + out.tell(), self.offer.total_bytes)

    def _check_length(self, response: "requests.Response", start: int) -> None:
        """A page of a network's log-in has another length than the file."""
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and start + int(announced) != self.file.size:
            reason = tr(
                "what arrives for {file} is not the file ({announced} bytes instead of {expected}); "
                "the network may have put a log-in page in between",
                file=self.file.name,
                announced=announced,
                expected=self.file.size - start,
            )
            raise failure(self.offer.reference, reason)

    def _is_right(self, path: Path) -> bool:
        if path.stat().st_size != self.file.size:
            return False
        digest = hashlib.sha256() if self.file.large else hashlib.sha1(usedforsecurity=False)
        if not self.file.large:
            digest.update(f"blob {self.file.size}\0".encode())  # as git names its files
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest() == self.file.digest

    def _broken_off(self, part: Path, reason: str) -> ModelError:
        here = self.before + max(_size(part), 0)
        why = tr(
            "{reason}; {here:.0f} of {total:.0f} MB have arrived and are kept; trying again continues from there",
            reason=reason or tr("the connection was cut"),
            here=here / 1e6,
            total=self.offer.total_bytes / 1e6,
        )
        return failure(self.offer.reference, why)
