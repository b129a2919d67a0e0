"""What the system refuses: every family has its own sentence, and none is a traceback or a shrug."""

import errno
import os
import socket
from pathlib import Path

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from catsel_core.__main__ import main
from catsel_core.models import find
from catsel_core.system.refusals import about_the_disk, check_space, is_full_disk, sentence
from tests.support.core_fixtures import property_test


def refused(number: int, path: str | None = "/srv/cache/results/a.npz") -> OSError:
    return OSError(number, os.strerror(number), path)


@pytest.mark.parametrize(
    ("exc", "clue"),
    [
        (refused(errno.ENOSPC), "The disk is full, where /srv/cache/results/a.npz was to be written ("),
        (refused(errno.EDQUOT, None), "The disk is full. Free some space, or set CATSEL_CACHE"),
        (refused(errno.EACCES), "/srv/cache/results/a.npz may not be read or written by the user that catsel runs as."),
        (refused(errno.EROFS), "/srv/cache/results/a.npz lies on a disk that cannot be written. Set CATSEL_CACHE"),
        (refused(errno.ENOTDIR), "/srv/cache/results/a.npz cannot be used: something stands where a folder is needed."),
        (refused(errno.ENOENT), "/srv/cache/results/a.npz is not there, or not any more."),
        (refused(errno.EMFILE), "Too many files are open on this computer."),
        (refused(errno.EIO), "A disk does not answer as it should"),
        (refused(errno.EBUSY), "/srv/cache/results/a.npz is in use by another program."),
        (refused(errno.ENAMETOOLONG), "The name of a file is longer than the disk allows"),
        (refused(errno.ENOMEM), "The machine has too little free memory"),
        (MemoryError(), "The machine has too little free memory"),
        (refused(errno.ECONNREFUSED, None), "The connection failed."),
        (refused(errno.ENETUNREACH, None), "The connection failed."),
        (socket.gaierror(-2, "Name or service not known"), "The connection failed."),
        (requests.ConnectionError("…"), "The connection failed."),
        (TimeoutError(), "The connection failed."),
    ],
)
def test_each_family_has_its_sentence(exc: BaseException, clue: str) -> None:
    told = sentence(exc)
    assert told is not None
    assert told.startswith(clue)


@property_test
@example(errno.ENOSPC, "a\0b")
@given(st.sampled_from(sorted(errno.errorcode)), st.one_of(st.none(), st.just("/a/b"), st.text(min_size=1_000)))
def test_every_refusal_of_the_system_is_a_short_sentence(number: int, path: str | None) -> None:
    told = sentence(refused(number, path))
    assert told is not None
    assert told.endswith(".")
    assert len(told) < 500
    assert "Something went wrong" not in told


@pytest.mark.parametrize("exc", [ValueError("x"), KeyError("x"), RuntimeError("the disk")])
def test_what_is_no_refusal_of_the_system_is_left_to_others(exc: Exception) -> None:
    assert sentence(exc) is None


def wrapped(inner: OSError) -> RuntimeError:
    """As a library tells that it could not write."""
    outer = RuntimeError("could not serialize")
    outer.__cause__ = inner
    return outer


def test_a_full_disk_is_known_behind_what_a_library_raises() -> None:
    assert is_full_disk(wrapped(refused(errno.ENOSPC)))
    assert sentence(wrapped(refused(errno.ENOSPC))) is not None
    assert is_full_disk(ValueError("I/O error: No space left on device (os error 28)"))
    assert not is_full_disk(refused(errno.EACCES))
    assert not is_full_disk(wrapped(refused(errno.EACCES)))


def test_space_is_looked_at_before_it_is_needed(tmp_path: Path) -> None:
    check_space(tmp_path, 1)
    with pytest.raises(OSError, match="No space left"):
        check_space(tmp_path, 10**18)


def test_what_is_needed_and_free_is_named(tmp_path: Path) -> None:
    told = about_the_disk("It could not be made", tmp_path / "not" / "there", 2_500_000_000, refused(errno.ENOSPC))
    assert told.startswith(f"It could not be made: {tmp_path}/not/there needs 2.5 GB of free disk and has ")
    assert "CATSEL_CACHE" in told
    assert about_the_disk("It", tmp_path, 1, refused(errno.ECONNRESET)) == ""


def test_the_command_line_says_it_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> bool:
        raise refused(errno.EMFILE)

    monkeypatch.setattr(find, "is_present", fail)
    assert main(["models"]) == 2
    assert capsys.readouterr().err == f"catsel: {sentence(refused(errno.EMFILE))}\n"
