"""Folders: made whole or not at all, by one at a time, checked before use, and cleaned up after the dead."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from catsel_core.system import manifest
from catsel_core.system.manifest import MANIFEST, ensure_folder, is_whole
from tests.support.folders import CONTENT, alter, fill

ROOT = Path(__file__).resolve().parents[2]


def truncate(folder: Path) -> None:
    (folder / "config.json").write_bytes(CONTENT["config.json"][:-1])


def remove(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def remove_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def cut_manifest(folder: Path) -> None:
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:30])


def other_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("[]", encoding="utf-8")


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def test_a_built_folder_is_whole_and_lists_its_files(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "model"
    ensure_folder(target, fill)
    assert is_whole(target)
    assert is_whole(target, weights=True)
    assert {path.name: path.read_bytes() for path in target.iterdir() if path.name != MANIFEST} == CONTENT
    listed = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert {name: entry["size"] for name, entry in listed.items()} == {name: len(CONTENT[name]) for name in CONTENT}
    assert {path.name for path in target.parent.iterdir()} == {"model", "model.lock"}


def test_building_replaces_a_damaged_folder(tmp_path: Path) -> None:
    target = tmp_path / "model"
    target.mkdir()
    (target / "leftover").write_text("old", encoding="utf-8")
    ensure_folder(target, fill)
    assert is_whole(target)
    assert not (target / "leftover").exists()


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        ensure_folder(tmp_path / "model", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["model.lock"]


def test_a_failure_leaves_the_former_folder_as_it_was(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise RuntimeError

    model = tmp_path / "model"
    ensure_folder(model, fill)
    alter(model)
    before = {path.name: path.read_bytes() for path in model.iterdir()}
    with pytest.raises(RuntimeError):
        ensure_folder(model, fail)
    assert {path.name: path.read_bytes() for path in model.iterdir()} == before


@pytest.mark.parametrize(
    "damage", [truncate, alter, remove, remove_manifest, cut_manifest, other_manifest, remove_folder]
)
def test_damage_is_noticed(damage: Callable[[Path], None], tmp_path: Path) -> None:
    ensure_folder(tmp_path / "model", fill)
    damage(tmp_path / "model")
    assert not is_whole(tmp_path / "model")


def test_large_files_are_compared_by_size_and_by_content_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "SMALL_FILE", 50)
    weights = tmp_path / "model" / "model.safetensors"
    ensure_folder(weights.parent, fill)
    weights.write_bytes(b"w" * 99 + b"x")
    assert is_whole(weights.parent)
    assert not is_whole(weights.parent, weights=True)
    weights.write_bytes(b"w" * 99)
    assert not is_whole(weights.parent)


@pytest.mark.parametrize("text", ['{"files": {}}', '{"files": []}', '{"files": null}', "[]", "{"])
def test_a_manifest_that_lists_nothing_is_not_whole(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert not is_whole(tmp_path)


def test_small_files_are_hashed_once_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    ensure_folder(folder, fill)
    for path in folder.iterdir():
        os.utime(path, (1_000_000, 1_000_000))  # as one finds it: not written just now
    hashed: list[str] = []

    def counted(path: Path, sha256: Callable[[Path], str] = manifest.sha256) -> str:
        hashed.append(path.name)
        return sha256(path)

    monkeypatch.setattr(manifest, "sha256", counted)
    for _ in range(4):
        assert is_whole(folder)
    assert sorted(hashed) == sorted(CONTENT)
    assert is_whole(folder, weights=True)
    assert len(hashed) == 2 * len(CONTENT)
    alter(folder)
    assert not is_whole(folder)


def test_those_who_want_the_same_folder_make_it_once(tmp_path: Path) -> None:
    made: list[str] = []

    def slow(folder: Path) -> None:
        made.append(folder.name)
        together.wait(0.3)
        fill(folder)

    together = threading.Event()
    threads = [threading.Thread(target=ensure_folder, args=(tmp_path / "model", slow)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert is_whole(tmp_path / "model")


def half_made(target: Path) -> subprocess.Popen[str]:
    """A process that is in the middle of making ``target``."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom catsel_core.system.manifest import ensure_folder\n"
        "def fill(folder):\n    (folder / 'model.safetensors').write_bytes(b'w' * 1000)\n"
        "    print('half', flush=True)\n    time.sleep(60)\n"
        "ensure_folder(Path(sys.argv[1]), fill)"
    )
    made = subprocess.Popen([sys.executable, "-c", code, str(target)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert made.stdout is not None
    assert made.stdout.readline() == "half\n"
    return made


def killed(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def temporary_folders(place: Path) -> list[str]:
    return sorted(path.name.rpartition("-")[0] for path in place.iterdir() if path.is_dir() and path.name[0] == ".")


def test_what_killed_processes_left_half_made_is_removed(tmp_path: Path) -> None:
    for process in [half_made(tmp_path / name) for name in ("model", "other")]:
        killed(process)
    assert temporary_folders(tmp_path) == [".model", ".other"]
    ensure_folder(tmp_path / "model", fill)
    assert temporary_folders(tmp_path) == []
    assert is_whole(tmp_path / "model")


def test_what_a_living_process_is_making_stays(tmp_path: Path) -> None:
    alive = half_made(tmp_path / "other")
    try:
        ensure_folder(tmp_path / "model", fill)
        assert temporary_folders(tmp_path) == [".other"]
    finally:
        killed(alive)


def test_folders_that_are_not_ours_stay(tmp_path: Path) -> None:
    (tmp_path / ".model-by-hand").mkdir()
    ensure_folder(tmp_path / "model", fill)
    assert (tmp_path / ".model-by-hand").is_dir()
