"""What the operating system refuses, told in a sentence for each family of refusals: disk, permission, files, network.

One place for the pages and the command line. An error of our own (:mod:`catsel_core.errors`) has its sentence already.
"""

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from catsel_core.language import mark, tr

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_IN_RUST = ("(os error 28)", "(os error 122)", "(os error 112)")  # Linux and macOS, a quota, Windows
_ANOTHER_DISK = mark("Free some space, or set CATSEL_CACHE to a folder on another disk.")
_ANOTHER_FOLDER = mark("Set CATSEL_CACHE to a folder that can be written.")

_NO_MEMORY = mark(
    "The machine has too little free memory for this. Use fewer or shorter texts or close other programs."
)


def is_full_disk(exc: BaseException) -> bool:
    """Whether a file could not be written for want of space, also where a library in Rust says so."""
    if isinstance(exc, OSError) and exc.errno is not None:
        return exc.errno in _FULL or getattr(exc, "winerror", None) == 112
    inner = exc.__cause__ or exc.__context__  # libraries wrap what the system told them
    return str(exc).endswith(_FULL_IN_RUST) or (inner is not None and is_full_disk(inner))


def check_space(folder: Path, needed: int) -> None:
    """Nothing, if the disk of a folder has so many bytes to spare.

    Raises:
        OSError: as for a full disk, before anything is written to it.
    """
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))


def about_the_disk(what: str, folder: Path, needed: int, exc: BaseException) -> str:
    """Why ``what`` could not be made in ``folder``, if the disk or its rights are to blame; else an empty text.

    Args:
        what: such as "The bundled model could not be prepared", in the language that is spoken.
        folder: where it was to be made.
        needed: bytes that it takes.
        exc: what happened.
    """
    if is_full_disk(exc):
        return tr(
            "{what}: {folder} needs {needed} of free disk and has {free}. {way}",
            what=what,
            folder=folder,
            needed=size(needed),
            free=_free(folder),
            way=tr(_ANOTHER_DISK),
        )
    if isinstance(exc, OSError) and exc.errno in {*_DENIED, errno.EROFS, *_NO_FOLDER}:
        return tr(
            "{what}: {folder} cannot be written ({reason}). {way}",
            what=what,
            folder=folder,
            reason=exc.strerror,
            way=tr(_ANOTHER_FOLDER),
        )
    return ""


def sentence(exc: BaseException) -> str | None:
    """What the system refused and the way out; None if this is no error of the system."""
    if isinstance(exc, MemoryError) or (isinstance(exc, OSError) and exc.errno == errno.ENOMEM):
        return tr(_NO_MEMORY)
    if is_full_disk(exc):
        return _full(exc)
    if not isinstance(exc, OSError):
        return None
    if _is_of_the_network(exc):
        return tr("The connection failed. Look whether this computer is online, and try again.")
    for family, told in _FAMILIES:
        if exc.errno in family:
            return told(exc)
    return tr(
        "The system refused something that catsel needs ({reason}). Try again, or start catsel anew.", reason=_why(exc)
    )


def size(n_bytes: float) -> str:
    """``1.2 GB``, ``350 MB`` or ``20 kB``."""
    if n_bytes >= 1e9:
        return f"{n_bytes / 1e9:.1f} GB"
    return f"{n_bytes / 1e6:.0f} MB" if n_bytes >= 1e6 else f"{n_bytes / 1e3:.0f} kB"


def _full(exc: BaseException) -> str:
    path = _path(exc)
    if not path:
        return tr("The disk is full. {way}", way=tr(_ANOTHER_DISK))
    return tr(
        "The disk is full, where {path} was to be written ({free} are free). {way}",
        path=path,
        free=_free(Path(path)),
        way=tr(_ANOTHER_DISK),
    )


def _denied(exc: OSError) -> str:
    return tr(
        "{path} may not be read or written by the user that catsel runs as. {way}",
        path=_path(exc) or tr("A file"),
        way=tr(_ANOTHER_FOLDER),
    )


def _read_only(exc: OSError) -> str:
    return tr(
        "{path} lies on a disk that cannot be written. {way}",
        path=_path(exc) or tr("A folder"),
        way=tr(_ANOTHER_FOLDER),
    )


def _no_folder(exc: OSError) -> str:
    return tr(
        "{path} cannot be used: something stands where a folder is needed. {way}",
        path=_path(exc) or tr("A path"),
        way=tr(_ANOTHER_FOLDER),
    )


def _gone(exc: OSError) -> str:
    return tr("{path} is not there, or not any more. Try again, or start catsel anew.", path=_path(exc) or tr("A file"))


def _too_many(_: OSError) -> str:
    return tr("Too many files are open on this computer. Try again in a moment; if it stays so, start catsel anew.")


def _broken(exc: OSError) -> str:
    return tr("A disk does not answer as it should ({reason}). Look after it, and try again.", reason=_why(exc))


def _in_use(exc: OSError) -> str:
    return tr(
        "{path} is in use by another program. Close it, or try again in a moment.", path=_path(exc) or tr("A file")
    )


def _too_long(exc: OSError) -> str:
    path = _path(exc)
    if not path:
        return tr("The name of a file is longer than the disk allows. Set CATSEL_CACHE to a folder with a short path.")
    return tr(
        "The name of a file is longer than the disk allows, at {path}. Set CATSEL_CACHE to a folder with a short path.",
        path=path,
    )


_DENIED = {errno.EACCES, errno.EPERM}
_NO_FOLDER = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}
_NETWORK = {
    *(errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT),
    *(errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENOTCONN),
}

_FAMILIES: tuple[tuple[set[int], Callable[[OSError], str]], ...] = (
    (_DENIED, _denied),
    ({errno.EROFS}, _read_only),
    (_NO_FOLDER, _no_folder),
    ({errno.ENOENT}, _gone),
    ({errno.EMFILE, errno.ENFILE}, _too_many),
    ({errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}, _broken),
    ({errno.EBUSY, errno.ETXTBSY, errno.EDEADLK, errno.ENOLCK}, _in_use),
    ({errno.ENAMETOOLONG, errno.ELOOP}, _too_long),
)


def _is_of_the_network(exc: OSError) -> bool:
    """Refusals of the network have a class or a number of their own; those of requests have no number at all."""
    import socket

    if isinstance(exc, ConnectionError | TimeoutError | socket.gaierror | socket.herror) or exc.errno in _NETWORK:
        return True
    return exc.errno is None and type(exc).__module__.split(".")[0] in {"requests", "urllib3", "urllib", "ssl"}


def _path(exc: BaseException) -> str:
    """The file or folder that the error names, cut to a line, or an empty text."""
    named = getattr(exc, "filename", None)
    text = str(named) if isinstance(named, str | Path) else ""
    return text if len(text) <= 200 else f"{text[:200]}…"


def _why(exc: OSError) -> str:
    """What the system itself says, and where."""
    reason, path = exc.strerror or type(exc).__name__, _path(exc)
    return tr("{reason}, at {path}", reason=reason, path=path) if path else reason


def _free(path: Path) -> str:
    """Room on the disk of a path, of which the last parts may not be there."""
    for folder in (path, *path.parents):
        with suppress(OSError, ValueError):  # a path may have characters in it that no system takes
            return size(shutil.disk_usage(folder).free)
    return tr("nothing")
