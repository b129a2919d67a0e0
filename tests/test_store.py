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

KEY = "ab" + "0" * 62


def entry(number: int = 1, size: int = 50) -> Entry:
    return Entry({"a": np.arange(size) * number, "b": np.full((2, 3), number, np.float32)}, {"words": ["é", number]})


def never() -> Entry:
    raise AssertionError("this result is stored and need not be computed")


def files(store: FolderStore) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir() if path.is_file())


def key(number: int) -> str:
    return content_key({"number": number})


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


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_one_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    number = np.arange(50)[25].tobytes()
    data[data.index(number)] ^= 0xFF  # inside the numbers of the first array
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_text(path: Path) -> None:
    path.write_bytes(b"no archive at all")


def lose_a_part(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, a=np.arange(50))


def pickle_inside(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=True, json=np.array([{}], dtype=object))


@pytest.mark.parametrize(
    "damage", [truncate, cut_one_byte, flip_a_byte, empty, replace_by_text, lose_a_part, pickle_inside]
)
def test_a_damaged_file_is_computed_again_and_never_returned(damage: object, tmp_path: Path) -> None:
    assert callable(damage)
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)
    damage(tmp_path / f"{KEY}.npz")
    assert store.get(KEY) is None
    assert files(store) == []
    again = store.get_or_compute(KEY, lambda: entry(2))
    assert again.values["words"] == ["é", 2]
    assert store.get_or_compute(KEY, never).arrays["a"][2] == 4


def test_a_file_cut_at_any_place_is_not_returned(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, lambda: entry(size=3))
    path = tmp_path / f"{KEY}.npz"
    whole = path.read_bytes()
    for length in range(0, len(whole), 5):
        path.write_bytes(whole[:length])
        assert store.get(KEY) is None


def test_a_flipped_byte_never_changes_a_number(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, entry)
    path = tmp_path / f"{KEY}.npz"
    whole = path.read_bytes()
    numbers = entry().arrays["a"].tobytes()
    start = whole.index(numbers)
    for at in range(start, start + len(numbers), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        assert store.get(KEY) is None


def test_a_flipped_byte_anywhere_is_found_or_harmless(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.get_or_compute(KEY, lambda: entry(size=3))
    path = tmp_path / f"{KEY}.npz"
    whole = path.read_bytes()
    for at in range(len(whole)):
        for mask in (0x01, 0x80):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :])
            found = store.get(KEY)
            if found is not None:
                assert {name: array.tolist() for name, array in found.arrays.items()} == {
                    name: array.tolist() for name, array in entry(size=3).arrays.items()
                }
                assert found.values == entry(size=3).values


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
