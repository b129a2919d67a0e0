"""A small made-up model folder, and ways to damage it."""

from pathlib import Path

CONTENT = {"config.json": b'{"num_hidden_layers": 2}', "model.safetensors": b"w" * 100, "tokenizer.json": b"{}"}


def fill(folder: Path) -> None:
    for name, data in CONTENT.items():
        (folder / name).write_bytes(data)


def alter(folder: Path) -> None:
    (folder / "config.json").write_bytes(CONTENT["config.json"].replace(b"2", b"3"))
