"""The store of results: whole or nothing, computed once by threads and processes, kept below a size."""

import multiprocessing
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from catsel_core.store import Entry, FolderStore, content_key
from tests.support.stored_entries import KEY, entry, files, key, never


def test_round_trip(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "new" / "folder")
    assert store.get(KEY) is None
    store.get_or_compute(KEY, entry)
    for found in (store.get(KEY), FolderStore(store.folder).get_or_compute(KEY, never)):
        assert found is not None
        assert set(found.arrays) == {"a", "b"}
        for name, array in entry().arrays.items():
            assert found.arrays[name].dtype == array.dtype
            assert np.array_equal(found.arrays[name], array)
        assert found.values == {"words": ["é", 1]}
    assert files(store) == [f"{KEY}.npz"]


def test_stored_arrays_are_read_only(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)
    found = store.get_or_compute(KEY, never)
    with pytest.raises(ValueError, match="read-only"):
        found.arrays["a"][0] = 3


def test_keys_do_not_mix(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    for number in range(5):
        store.get_or_compute(key(number), lambda number=number: entry(number))  # type: ignore[misc]
    assert [store.get_or_compute(key(number), never).values["words"][1] for number in range(5)] == list(range(5))


def test_eight_threads_compute_once(tmp_path: Path) -> None:
    store, started, runs = FolderStore(tmp_path), threading.Barrier(8), []

    def compute() -> Entry:
        runs.append(threading.get_ident())
        time.sleep(0.2)
        return entry(3)

    def ask(_: int) -> Entry:
        started.wait(10)
        return store.get_or_compute(KEY, compute)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(runs) == 1
    assert [result.arrays["a"][1] for result in found] == [3] * 8


def ask_in_a_process(folder: Path, name: str, all_ready: object, answers: object) -> None:
    def compute() -> Entry:
        (folder / "runs" / name).touch()
        time.sleep(0.5)
        return entry(4)

    all_ready.wait(60)  # type: ignore[attr-defined]
    found = FolderStore(folder / "store").get_or_compute(KEY, compute)
    answers.put(int(found.arrays["a"][1]))  # type: ignore[attr-defined]


def test_two_processes_compute_once(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    context = multiprocessing.get_context("spawn")
    all_ready, answers = context.Barrier(2), context.Queue()
    processes = [
        context.Process(target=ask_in_a_process, args=(tmp_path, name, all_ready, answers)) for name in ("one", "two")
    ]
    for process in processes:
        process.start()
    assert [answers.get(timeout=60), answers.get(timeout=60)] == [4, 4]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
        process.close()
    answers.close()
    answers.join_thread()
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_other_keys_do_not_wait(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    assert store.get_or_compute("00" + KEY[2:], lambda: store.get_or_compute(KEY, entry)).values == entry().values


def age(store: FolderStore, number: int, seconds: int) -> None:
    past = time.time() - seconds
    os.utime(store.folder / f"{key(number)}.npz", (past, past))


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    for number in range(3):
        store.get_or_compute(key(number), entry)
        age(store, number, 100 - number)
    size = (tmp_path / f"{key(0)}.npz").stat().st_size
    assert store.get(key(0)) is not None  # reading makes the oldest the most recent
    small = FolderStore(tmp_path, max_bytes=3 * size + size // 2)
    small.get_or_compute(key(3), entry)
    assert files(store) == sorted(f"{key(number)}.npz" for number in (0, 2, 3))


def test_the_folder_is_brought_below_its_size_at_once(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    for number in range(6):
        store.get_or_compute(key(number), entry)
        age(store, number, 100 - number)
    size = (tmp_path / f"{key(0)}.npz").stat().st_size
    FolderStore(tmp_path, max_bytes=2 * size).get_or_compute(key(6), entry)
    assert files(store) == sorted(f"{key(number)}.npz" for number in (5, 6))


def test_a_result_larger_than_the_folder_may_be_stays_alone(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, max_bytes=10)
    for number in range(3):
        store.get_or_compute(key(number), entry)
    assert files(store) == [f"{key(2)}.npz"]


def test_an_unusable_folder_still_gives_the_result(tmp_path: Path) -> None:
    blocked = tmp_path / "results"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    found = FolderStore(blocked).get_or_compute(KEY, lambda: entry(5))
    assert found.arrays["a"][1] == 5
    assert blocked.read_text(encoding="utf-8") == "a file where the folder should be"


def test_a_result_that_cannot_be_written_is_returned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path)
    monkeypatch.setattr(Path, "replace", full)
    assert store.get_or_compute(KEY, lambda: entry(6)).arrays["a"][1] == 6
    assert files(store) == []


def test_an_error_while_computing_leaves_nothing_behind(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)

    def fail() -> Entry:
        raise ZeroDivisionError("from compute")

    with pytest.raises(ZeroDivisionError, match="from compute"):
        store.get_or_compute(KEY, fail)
    assert files(store) == []
    with ThreadPoolExecutor(1) as pool:  # another thread gets the lock at once
        assert pool.submit(store.get_or_compute, KEY, entry).result(timeout=5).arrays["a"][1] == 1


def test_content_keys_depend_on_values_and_not_on_their_order() -> None:
    assert content_key({"a": 1, "b": [1, "é"]}) == content_key({"b": (1, "é"), "a": 1})
    keys = {content_key(parts) for parts in ({"a": 1}, {"a": 2}, {"b": 1}, {"a": "1"}, {"a": [1]}, {"a": 1, "b": 1})}
    assert len(keys) == 6
    # the same on every machine and in every version, or stored results would be lost
    assert content_key({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_the_default_folder_is_in_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    assert FolderStore().folder == tmp_path / "cache" / "results"
    assert not (tmp_path / "cache").exists()


def test_a_forgotten_result_is_gone_and_forgetting_nothing_is_no_error(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)
    for _ in range(2):
        store.forget(KEY)
        assert store.get(KEY) is None
    assert files(store) == []
