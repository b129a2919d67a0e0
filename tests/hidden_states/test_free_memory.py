"""How much memory is free for a model."""

from pathlib import Path

import pytest

from catsel_core.hidden_states import memory


def test_free_memory_is_that_of_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    plain = memory.free_memory()
    assert plain > 100_000_000
    (tmp_path / "memory.max").write_text("3000000\n", encoding="utf-8")
    (tmp_path / "memory.current").write_text("2500000\n", encoding="utf-8")
    (tmp_path / "memory.stat").write_text("anon 1\ninactive_file 200000\n", encoding="utf-8")
    assert memory.free_memory() == 700_000
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert memory.free_memory() > 100_000_000
