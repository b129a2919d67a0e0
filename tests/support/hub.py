"""Fetching a tiny model from an imitation of the hub."""

import json
import shutil
from pathlib import Path

import pytest

from catsel_core.errors import ModelError
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.models import fetch, hub
from catsel_core.models.find import find_model
from catsel_core.models.spec import ModelSpec
from tests.support.tiny import gpt2_folder

NAME = "someone/tiny-gpt2"


def fetch_model(reference: str, progress: hub.Progress | None = None) -> ModelSpec:
    fetch.fetch_model(reference, check_weight, progress)
    return find_model(reference)


def refused(reference: str = NAME) -> str:
    with pytest.raises(ModelError) as caught:
        fetch_model(reference)
    return str(caught.value)


def copied(tmp_path: Path, *without: str) -> Path:
    folder = Path(shutil.copytree(gpt2_folder(), tmp_path / "copy"))
    for name in without:
        (folder / name).unlink()
    return folder


def with_config(tmp_path: Path, **changes: object) -> Path:
    folder = copied(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | changes), encoding="utf-8")
    return folder
