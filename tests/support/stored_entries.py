"""Small entries of a store, and what lies in its folder."""

import numpy as np

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
