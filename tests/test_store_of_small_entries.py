"""Small entries that take the place of one another: written whole, and kept below a size."""

from pathlib import Path

import numpy as np

from catsel_core.store import PUTS, Entry, FolderStore, content_key

KEY = "ab" + "0" * 62
ENTRY = Entry({"a": np.arange(50)}, {"words": ["é", 1]})


def test_what_is_put_takes_the_place_of_what_the_key_had(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "new")
    assert store.put(KEY, ENTRY)
    assert store.put(KEY, Entry({}, {"words": ["new"]}))
    found = store.get(KEY)
    assert found is not None
    assert (dict(found.arrays), found.values) == ({}, {"words": ["new"]})
    assert [path.name for path in store.folder.iterdir()] == [f"{KEY}.npz"]


def test_many_small_entries_are_kept_below_a_size(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, max_bytes=20_000)
    for number in range(3 * PUTS):
        store.put(content_key({"number": number}), ENTRY)
    one = (tmp_path / f"{content_key({'number': 3 * PUTS - 1})}.npz").stat().st_size
    assert 5 < len(list(tmp_path.iterdir())) <= 20_000 // one + PUTS
    assert store.get(content_key({"number": 0})) is None


def test_what_cannot_be_put_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not FolderStore(tmp_path / "file" / "folder").put(KEY, ENTRY)
