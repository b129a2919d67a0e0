"""What the hub refuses, and what is refused of it before the weights are fetched."""

import shutil
from pathlib import Path

import pytest

from catsel_core.errors import ModelError, SettingsError
from catsel_core.models import hub
from catsel_core.models.find import find_model
from catsel_core.models.hub import transfer
from tests.support.hub import NAME, copied, fetch_model, refused, with_config
from tests.support.hub_server import COMMIT, Fault, HubServer
from tests.support.tiny import gpt2_folder


@pytest.mark.parametrize(
    ("fault", "clue"),
    [
        (Fault(status=401, headers={"X-Error-Code": "RepoNotFound"}), "no model of this name, or it is private"),
        (Fault(status=404), "no model of this name, or it is private (status 404)"),
        (Fault(status=403, headers={"X-Error-Code": "GatedRepo"}), "set HF_TOKEN"),
        (Fault(status=401), "set HF_TOKEN"),
        (Fault(status=429, headers={"Retry-After": "60"}), "try again in 60 seconds"),
        (Fault(status=429), "try again in some seconds"),
        (Fault(status=500), "the hub has a problem (status 500)"),
        (Fault(status=503), "the hub has a problem (status 503)"),
        (Fault(status=418), "refuses the request (status 418)"),
        (Fault(body=b"<html>Please log in</html>"), "the network may have put a log-in page in between"),
        (Fault(body=b"[]"), "the network may have put a log-in page in between"),
        (Fault(body=b'{"siblings": 3, "sha": "x"}'), "the network may have put a log-in page in between"),
        (Fault(body=b'{"siblings": [], "sha": "../../etc"}'), "which is not a commit"),
    ],
)
@pytest.mark.parametrize("where", ["api", "tokenizer.json"])
def test_refusals_are_explained(where: str, fault: Fault, clue: str, server: HubServer) -> None:
    if where != "api" and fault.body is not None:
        clue = "is not the file"
    server.faults = [Fault(where, status=fault.status, headers=fault.headers, body=fault.body)]
    shown = refused()
    assert clue in shown
    assert NAME in shown
    assert "127.0.0.1" in shown
    assert "Use the bundled model, a model folder on this computer, or a mirror" in shown


def test_an_unknown_name_and_an_unknown_revision(server: HubServer) -> None:
    assert "there is no model of this name" in refused("someone/else")
    assert "it has no revision “v9”" in refused(f"{NAME}@v9")


def test_gated_files_are_explained(server: HubServer) -> None:
    server.models[NAME].gated = True
    assert "accept its terms" in refused()


def test_another_commit_than_the_one_asked_for_is_refused(server: HubServer) -> None:
    server.models[NAME].listed = {"sha": "d" * 40}
    assert "revision cccccccccccc was asked for, and another one, dddddddddddd, is offered" in refused(
        f"{NAME}@{COMMIT}"
    )
    assert server.files_asked_for() == []


def test_pickled_weights_are_refused_before_anything_is_downloaded(server: HubServer, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    server.add(NAME, folder)
    assert "not offered as safetensors, and other files can run code" in refused()
    assert server.files_asked_for() == []


@pytest.mark.parametrize(
    ("missing", "clue"),
    [("config.json", "it has no config.json"), ("tokenizer.json", "no tokenizer"), ("model.safetensors", "no weights")],
)
def test_an_incomplete_model_is_refused(missing: str, clue: str, server: HubServer, tmp_path: Path) -> None:
    server.add(NAME, copied(tmp_path, missing))
    assert clue in refused()


def test_code_of_a_repository_is_never_run_nor_its_weights_downloaded(server: HubServer, tmp_path: Path) -> None:
    auto_map = {"AutoConfig": "own.C", "AutoModelForCausalLM": "own.M"}
    folder = with_config(tmp_path, model_type="own", auto_map=auto_map)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    server.add(NAME, folder)
    assert "program code from its own repository, which catsel never runs" in refused()
    assert not (tmp_path / "ran").exists()
    assert not {"model.safetensors", "own.py"} & set(server.files_asked_for())


def test_a_model_that_is_no_causal_language_model_is_refused(server: HubServer, tmp_path: Path) -> None:
    server.add(NAME, with_config(tmp_path, model_type="vit"))
    assert "no causal language model" in refused()
    assert "model.safetensors" not in server.files_asked_for()


def test_a_model_that_is_too_large_by_its_config_is_refused(server: HubServer, tmp_path: Path) -> None:
    server.add(NAME, with_config(tmp_path, n_embd=8192, n_layer=48, n_head=64))
    shown = refused()
    assert "in float32; at most 8 GB are allowed here" in shown
    assert "CATSEL_MAX_MODEL_GB" in shown
    assert "model.safetensors" not in server.files_asked_for()


def test_a_model_that_is_too_large_by_its_files_is_refused(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", "0.00001")
    assert "at most 1e-05 GB are allowed here" in refused()
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", "0")
    assert "downloads are switched off here (CATSEL_MAX_MODEL_GB=0)" in refused()
    monkeypatch.setenv("CATSEL_MAX_MODEL_GB", "much")
    with pytest.raises(SettingsError, match="must be a number of gigabytes such as 8; it is “much”"):
        fetch_model(NAME)
    assert server.files_asked_for() == []


def test_too_little_memory_and_disk_are_said_before_the_weights(
    server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catsel_core.hidden_states.weigh.free_memory", lambda: 1000)
    assert "of memory are free. Choose a smaller model" in refused()
    monkeypatch.undo()
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    assert "model.safetensors" not in server.files_asked_for()


def test_too_little_disk_is_said_before_the_weights(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=transfer.SPARE_BYTES + 10))
    assert "Free some space, or set HF_HOME to a folder on another disk" in refused()
    assert "model.safetensors" not in server.files_asked_for()


def test_a_place_that_cannot_be_written_is_explained(
    server: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "file"))
    assert "cannot be written to" in refused()


@pytest.mark.parametrize("name", ["", "a/b/c", "../x", "org/../x", "org/name@", "org name", "a" * 300, ".x/y", "é/y"])
def test_names_that_are_none(name: str) -> None:
    assert not hub.is_reference(name)
    with pytest.raises(ModelError, match="is no model of the hub"):
        hub.parse_reference(name)


def test_models_can_be_limited_to_the_catalogue(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_CATALOGUE_ONLY", "1")
    for reference in (NAME, str(gpt2_folder())):
        with pytest.raises(ModelError, match="Only models of the catalogue may be used here"):
            find_model(reference)
        assert "Only models of the catalogue" in refused(reference)
    assert server.requests == []
