"""One pinned wheel by ``pip download``, in a process of its own: followed by the byte, and ended when nobody wants it.

pip reads its user's settings: index, mirrors, proxies, certificates, constraints. Everything that it writes lies in the
folder that it is given.
"""

import errno
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from catsel_core.errors import FetchError
from catsel_core.language import mark, tr
from catsel_core.system.manifest import bytes_in

POLL_SECONDS = 0.1

NO_PIP = mark("this Python has no pip")
NO_CONNECTION = mark("the package index does not answer; check that this computer is online")
NO_SUCH_WHEEL = mark("the package index does not have it")
NOT_AS_PINNED = mark("what came is not what is pinned (its hash or its files differ), so it was thrown away")
REFUSED = mark("the package index, or a proxy before it, refuses the request")
NOT_SECURE = mark("the connection to the package index is not secure; a filter of the network may stand in between")
NO_PROXY = mark("the network's proxy does not let the request through")
FAULT = mark("the package index has a fault; try again later")
CUT = mark("the connection was cut; try again")

_REASONS = (
    (r"DO NOT MATCH THE HASHES", NOT_AS_PINNED),
    (r"SSLError|CERTIFICATE_VERIFY_FAILED|confirming the ssl certificate", NOT_SECURE),
    (r"ProxyError", NO_PROXY),
    (r"\b(401|403|407) Client Error|HTTP error 40[137]|Tunnel connection failed", REFUSED),
    (r"\b50\d Server Error|HTTP error 50\d|too many 50\d error responses", FAULT),
    (r"connection broken|Max retries exceeded|NewConnectionError|timed out", NO_CONNECTION),
    (r"IncompleteRead|incomplete", CUT),
    (r"No matching distribution", NO_SUCH_WHEEL),
)
"""What pip's messages mean, the first that is found."""


def download(pin: str, folder: Path, progress: Callable[[int], None]) -> Path:
    """The wheel of one line of a requirements file, with its hash, fetched into an empty folder.

    Args:
        pin: such as ``name==1.0 --hash=sha256:…``.
        folder: where pip may work.
        progress: called ten times a second with the bytes here; what it raises ends the download.

    Raises:
        FetchError: with the reason as part of a sentence.
        OSError: if the disk is full.
        Whatever ``progress`` raises.
    """
    wanted, log, target = folder / "wanted.txt", folder / "log.txt", folder / "wheel"
    wanted.write_text(f"{pin}\n", encoding="utf-8")
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-cache-dir", "--no-input", "-vv"]
    command = [*_pip(), "download", *options, "--progress-bar", "off", "--dest", str(target), "-r", str(wanted)]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603  # this Python with options of our own
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=_environment(folder)
        )
        try:
            while process.poll() is None:
                progress(bytes_in(_temporary(folder)) + bytes_in(target))
                _rest(process)
        finally:
            process.kill()
            process.wait()
    found = list(target.glob("*.whl"))
    if process.returncode or len(found) != 1:
        raise _failure(log.read_text(encoding="utf-8", errors="replace"), folder)
    return found[0]


def _rest(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return


def _environment(folder: Path) -> dict[str, str]:
    """The user's own, with what pip writes for a while in our folder, and one repetition instead of five."""
    place = _temporary(folder)
    place.mkdir()
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place))
    ours = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8"}
    return {"PIP_RETRIES": "1", **os.environ, **temporary, **ours}


def _temporary(folder: Path) -> Path:
    """Where pip puts what is on its way."""
    return folder / "temporary"


def _pip() -> list[str]:
    """How pip is started: as it is installed, or else from the wheel that Python brings along for ``ensurepip``."""
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    return [sys.executable, str(pip_of_python() / "pip")]


def pip_of_python() -> Path:
    """The wheel with pip that comes with Python.

    Raises:
        FetchError: if this Python came without it.
    """
    places = [Path(os.__file__).parent / "ensurepip" / "_bundled", sysconfig.get_config_var("WHEEL_PKG_DIR")]
    for place in filter(None, places):
        for wheel in sorted(Path(place).glob("pip-*.whl")):
            return wheel
    raise FetchError(tr(NO_PIP))


def _failure(told: str, folder: Path) -> Exception:
    """What pip's messages mean for the user."""
    if "No space left on device" in told:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    for clue, reason in _REASONS:
        if re.search(clue, told):
            return FetchError(tr(reason))
    errors = [line.removeprefix("ERROR: ") for line in told.splitlines() if line.startswith("ERROR: ")]
    if not errors:
        return FetchError(tr("pip ended without a reason"))
    return FetchError(tr("pip says “{error}”", error=" ".join(errors[-1].split())[:120]))
