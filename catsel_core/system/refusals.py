"""What the operating system refuses, told in a sentence for each family of refusals: disk, permission, files, network.

One place for the pages and the command line. An error of our own (:mod:`catsel_core.errors`) has its sentence already.
"""

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_IN_RUST = ("(os error 28)", "(os error 122)", "(os error 112)")  # Linux and macOS, a quota, Windows
_ANOTHER_DISK = "Free some space, or set CATSEL_CACHE to a folder on another disk."
_ANOTHER_FOLDER = "Set CATSEL_CACHE to a folder that can be written."

_NO_MEMORY = "The machine has too little free memory for this. Use fewer or shorter texts or close other programs."


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
        what: as a subject, such as "The bundled model could not be prepared".
        folder: where it was to be made.
        needed: bytes that it takes.
        exc: what happened.
    """
    if is_full_disk(exc):
        return f"{what}: {folder} needs {size(needed)} of free disk and has {_free(folder)}. {_ANOTHER_DISK}"
    if isinstance(exc, OSError) and exc.errno in {*_DENIED, errno.EROFS, *_NO_FOLDER}:
        return f"{what}: {folder} cannot be written ({exc.strerror}). {_ANOTHER_FOLDER}"
    return ""


def sentence(exc: BaseException) -> str | None:
    """What the system refused and the way out; None if this is no error of the system."""
    if isinstance(exc, MemoryError) or (isinstance(exc, OSError) and exc.errno == errno.ENOMEM):
        return _NO_MEMORY
    if is_full_disk(exc):
        return _full(exc)
    if not isinstance(exc, OSError):
        return None
    if _is_of_the_network(exc):
        return "The connection failed. Look whether this computer is online, and try again."
    for family, told in _FAMILIES:
        if exc.errno in family:
            return told(exc)
    return f"The system refused something that catsel needs ({_why(exc)}{_at(exc)}). Try again, or start catsel anew."


def size(n_bytes: float) -> str:
    """``1.2 GB``, ``350 MB`` or ``20 kB``."""
    if n_bytes >= 1e9:
        return f"{n_bytes / 1e9:.1f} GB"
    return f"{n_bytes / 1e6:.0f} MB" if n_bytes >= 1e6 else f"{n_bytes / 1e3:.0f} kB"


def _full(exc: BaseException) -> str:
    path = _path(exc)
    place = f", where {path} was to be written" if path else ""
    free = f" ({_free(Path(path))} are free)" if path else ""
    return f"The disk is full{place}{free}. {_ANOTHER_DISK}"


def _denied(exc: OSError) -> str:
    return f"{_path(exc) or 'A file'} may not be read or written by the user that catsel runs as. {_ANOTHER_FOLDER}"


def _read_only(exc: OSError) -> str:
    return f"{_path(exc) or 'A folder'} lies on a disk that cannot be written. {_ANOTHER_FOLDER}"


def _no_folder(exc: OSError) -> str:
    return f"{_path(exc) or 'A path'} cannot be used: something stands where a folder is needed. {_ANOTHER_FOLDER}"


def _gone(exc: OSError) -> str:
    return f"{_path(exc) or 'A file'} is not there, or not any more. Try again, or start catsel anew."


def _too_many(_: OSError) -> str:
    return "Too many files are open on this computer. Try again in a moment; if it stays so, start catsel anew."


def _broken(exc: OSError) -> str:
    return f"A disk does not answer as it should ({_why(exc)}{_at(exc)}). Look after it, and try again."


def _in_use(exc: OSError) -> str:
    return f"{_path(exc) or 'A file'} is in use by another program. Close it, or try again in a moment."


def _too_long(exc: OSError) -> str:
    return (
        f"The name of a file is longer than the disk allows{_at(exc)}. Set CATSEL_CACHE to a folder with a short path."
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


def _at(exc: BaseException) -> str:
    path = _path(exc)
    return f", at {path}" if path else ""


def _why(exc: OSError) -> str:
    return exc.strerror or type(exc).__name__


def _free(path: Path) -> str:
    """Room on the disk of a path, of which the last parts may not be there."""
    for folder in (path, *path.parents):
        with suppress(OSError, ValueError):  # a path may have characters in it that no system takes
            return size(shutil.disk_usage(folder).free)
    return "none"
