"""Models of the hub, against an imitation on this machine: a file that is whole, or a clear sentence."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.errors import ModelError, NotDownloadedError, SettingsError
from catsel_core.hidden_states import memory
from catsel_core.hidden_states.weigh import check_weight
from catsel_core.models import catalogue, fetch, hub
from catsel_core.models import find as models
from catsel_core.models.find import find_model
from catsel_core.models.hub import api, transfer
from catsel_core.models.hub.cache import has_tokenizer
from catsel_core.models.spec import ModelSpec
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.hub_server import COMMIT, Fault, HubServer
from tests.support.tiny import gpt2_folder

NAME = "someone/tiny-gpt2"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub folder of its own, allowed to ask."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(transfer, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(transfer, "CHUNK_BYTES", 500)  # the model is tiny: so are its pieces
    return tmp_path / "hf" / "hub"


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    made = HubServer()
    made.add(NAME, gpt2_folder())
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    yield made
    made.stop()


def fetch_model(reference: str, progress: hub.Progress | None = None) -> ModelSpec:
    return fetch.fetch_model(reference, check_weight, progress)


def refused(reference: str = NAME) -> str:
    with pytest.raises(ModelError) as caught:
        fetch_model(reference)
    return str(caught.value)


def copied(tmp_path: Path, *without: str) -> Path:
    folder = Path(shutil.copytree(gpt2_folder(), tmp_path / "copy"))
    for name in without:
        (folder / name).unlink()
    return folder


def test_a_model_is_downloaded_once_and_then_found(server: HubServer, home: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = fetch_model(NAME, lambda done, total: seen.append((done, total)))
    assert (made.name, made.revision, made.n_blocks) == (NAME, COMMIT, 3)
    assert made.folder == home / "models--someone--tiny-gpt2" / "snapshots" / COMMIT
    for name in ("model.safetensors", "config.json", "tokenizer.json"):
        assert (made.folder / name).read_bytes() == (gpt2_folder() / name).read_bytes()
    total = sum((gpt2_folder() / path.name).stat().st_size for path in made.folder.iterdir())
    assert seen[0] == (0, total)
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    before = len(server.requests)
    assert fetch_model(NAME) == find_model(NAME) == made
    assert len(server.requests) == before


def test_small_files_come_before_the_weights(server: HubServer) -> None:
    fetch_model(NAME)
    assert server.files_asked_for()[-1] == "model.safetensors"
    assert "config.json" in server.files_asked_for()[:-1]


def test_a_downloaded_model_analyses_words_and_names_its_commit(server: HubServer, tmp_path: Path) -> None:
    fetch_model(NAME)
    server.stop()
    words = word_list(fruit="apple pear", space="moon star")
    analysis = analyse_words(WordRequest(words, model=NAME), FolderStore(tmp_path))
    local = analyse_words(WordRequest(words, model=str(gpt2_folder())), FolderStore(tmp_path))
    assert analysis.model.identity == {"name": NAME, "revision": COMMIT, "precision": "float32", "device": "cpu"}
    assert (analysis.similarity == local.similarity).all()


def test_what_other_programs_left_in_the_cache_is_found(home: Path) -> None:
    folder = home / "models--someone--tiny-gpt2"
    shutil.copytree(gpt2_folder(), folder / "snapshots" / COMMIT)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    assert find_model(NAME).revision == COMMIT
    assert find_model(f"{NAME}@{COMMIT}").folder == find_model(NAME).folder


@pytest.mark.parametrize("variable", ["HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"])
def test_the_cache_is_where_the_environment_says(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    inner = {"HF_HUB_CACHE": "", "HF_HOME": "hub", "XDG_CACHE_HOME": "huggingface/hub"}[variable]
    assert hub.parse_reference("gpt2").folder == tmp_path / inner / "models--gpt2"


def test_a_cut_transfer_is_taken_up_where_it_ended(server: HubServer) -> None:
    server.faults = [Fault("cdn", times=1, cut=1000)]
    fetch_model(NAME)
    ranges = [asked for path, asked in server.requests if path.startswith("/cdn")]
    assert ranges == ["", "bytes=1000-"]
    total = sum(path.stat().st_size for path in find_model(NAME).folder.iterdir())
    assert server.sent < total + 5_000  # the listing, and nothing twice


def test_a_download_that_broke_off_goes_on_in_a_later_process(server: HubServer) -> None:
    code = (
        "from catsel_core.hidden_states.weigh import check_weight\nfrom catsel_core.models.fetch import fetch_model\n"
        "from catsel_core.models.hub import transfer\n"
        f"transfer.CHUNK_BYTES = 500\nfetch_model({NAME!r}, check_weight)"
    )
    server.faults = [Fault("cdn", times=1, cut=1000), Fault("cdn", times=1, cut=0)]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), capture_output=True, check=False
    )
    assert b"have come and are kept" in done.stderr
    with pytest.raises(NotDownloadedError):
        find_model(NAME)
    fetch_model(NAME)
    assert server.requests[-1] == (f"/cdn/{NAME}/model.safetensors", "bytes=1000-")
    assert (find_model(NAME).folder / "model.safetensors").read_bytes() == (
        gpt2_folder() / "model.safetensors"
    ).read_bytes()


@pytest.mark.parametrize("without", [["tokenizer.json"], ["tokenizer.json", "config.json"]])
def test_what_another_program_fetched_in_part_is_mended(
    without: list[str], server: HubServer, home: Path, tmp_path: Path
) -> None:
    folder = home / "models--someone--tiny-gpt2"
    shutil.copytree(copied(tmp_path, *without), folder / "snapshots" / COMMIT)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(COMMIT, encoding="utf-8")
    assert not models.is_present(NAME)
    missing = "config.json" if "config.json" in without else "its tokenizer"
    with pytest.raises(NotDownloadedError, match=f"is on this computer only in part: {missing} is missing"):
        find_model(NAME)
    made = fetch_model(NAME)
    assert models.is_present(NAME)
    assert sorted(server.files_asked_for()) == sorted(without)
    assert models.tokenizer_of(made).encode(["moon"])[0].ids


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["tokenizer.json"], True),
        (["tokenizer.model", "config.json"], True),
        (["vocab.json", "merges.txt"], True),
        (["vocab.json", "config.json"], False),
        (["merges.txt"], False),
        (["tokenizer_config.json", "model.safetensors"], False),
        ([], False),
    ],
)
def test_what_is_a_whole_tokenizer(names: list[str], expected: bool) -> None:
    assert has_tokenizer(names) is expected


def test_a_stopped_download_keeps_what_has_come(server: HubServer) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > total - 2_000:
            raise StoppedError

    with pytest.raises(StoppedError):
        fetch_model(NAME, stop)
    assert not models.is_present(NAME)
    fetch_model(NAME)
    assert server.files_asked_for().count("config.json") == 1


def test_a_server_that_knows_no_ranges_sends_all_again(server: HubServer) -> None:
    server.faults = [Fault("cdn", times=1, cut=1000), Fault("cdn", whole=True)]
    fetch_model(NAME)
    assert models.is_present(NAME)


@pytest.mark.parametrize("where", ["tokenizer.json", "cdn"])
def test_a_file_with_a_wrong_hash_is_thrown_away(where: str, server: HubServer, home: Path) -> None:
    server.faults = [Fault(where, flip=True)]
    assert "is not what was announced (wrong hash), so it was thrown away" in refused()
    assert not models.is_present(NAME)
    assert not list(home.rglob("*.catsel-part"))
    server.faults = []
    fetch_model(NAME)
    assert models.is_present(NAME)


@pytest.mark.parametrize(
    ("fault", "clue"),
    [
        (Fault(status=401, headers={"X-Error-Code": "RepoNotFound"}), "no model of this name, or it is private"),
        (Fault(status=404), "no model of this name, or it is private (status 404)"),
        (Fault(status=403, headers={"X-Error-Code": "GatedRepo"}), "set HF_TOKEN"),
        (Fault(status=401), "set HF_TOKEN"),
        (Fault(status=429, headers={"Retry-After": "60"}), "try again in 60 seconds"),
        (Fault(status=429), "try again in some seconds"),
        (Fault(status=500), "the hub has a fault (status 500)"),
        (Fault(status=503), "the hub has a fault (status 503)"),
        (Fault(status=418), "refuses the request (status 418)"),
        (Fault(body=b"<html>Please log in</html>"), "a log-in page of the network may stand in between"),
        (Fault(body=b"[]"), "a log-in page of the network may stand in between"),
        (Fault(body=b'{"siblings": 3, "sha": "x"}'), "a log-in page of the network may stand in between"),
        (Fault(body=b'{"siblings": [], "sha": "../../etc"}'), "which is no commit"),
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


def test_the_token_is_sent_and_only_to_the_hub(server: HubServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.parent.mkdir(parents=True)
    (home.parent / "token").write_text("hf_file\n", encoding="utf-8")
    hub.listing(models.hub_reference(NAME))
    assert server.tokens.pop()[1] == "Bearer hf_file"
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetch_model(NAME)
    for path, token in server.tokens:
        assert token == ("" if path.startswith("/cdn") else "Bearer hf_secret")
    assert server.tokens[-1][0].startswith("/cdn")


def test_a_branch_and_a_commit_can_be_asked_for(server: HubServer) -> None:
    server.models[NAME].branch = "v1"
    assert fetch_model(f"{NAME}@v1").revision == COMMIT
    assert models.is_present(f"{NAME}@{COMMIT}")
    assert not models.is_present(NAME)


def test_the_commit_of_the_catalogue_is_asked_for(server: HubServer) -> None:
    entry = next(entry for entry in catalogue.CATALOGUE if entry.reference == catalogue.GPT2)
    assert entry.revision
    server.add(catalogue.GPT2, gpt2_folder(), commit=entry.revision)
    assert models.default_reference() == catalogue.BUNDLED
    assert fetch_model(catalogue.GPT2).revision == entry.revision
    assert f"revision/{entry.revision}" in server.requests[0][0]
    assert models.default_reference() == catalogue.GPT2
    assert WordRequest().model == catalogue.GPT2


def test_another_commit_than_the_one_asked_for_is_refused(server: HubServer) -> None:
    server.models[NAME].listed = {"sha": "d" * 40}
    assert "revision cccccccccccc was asked for, and another one, dddddddddddd, is offered" in refused(
        f"{NAME}@{COMMIT}"
    )
    assert server.files_asked_for() == []


def test_the_same_branch_stays_the_same_commit(server: HubServer) -> None:
    fetch_model(NAME)
    server.models[NAME].commit = "d" * 40
    assert fetch_model(NAME).revision == find_model(NAME).revision == COMMIT


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


def with_config(tmp_path: Path, **changes: object) -> Path:
    folder = copied(tmp_path)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | changes), encoding="utf-8")
    return folder


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


def test_a_dead_network_is_noticed_within_five_seconds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:  # connects, and nothing ever comes
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        start = time.monotonic()
        shown = refused()
    assert time.monotonic() - start < 5
    assert "look whether this computer is online" in shown
    assert "Use the bundled model" in shown


def test_a_look_up_of_names_that_hangs_is_noticed_within_five_seconds(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()

    def hang(*_: object, **__: object) -> None:
        release.wait(20)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.example")
    start = time.monotonic()
    shown = refused()
    took = time.monotonic() - start
    release.set()
    assert took < 5
    assert "there was no answer in time" in shown


def test_a_closed_port_is_noticed_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    assert "there is no connection" in refused()


def test_a_transfer_that_falls_silent_is_given_up_and_kept(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "READ_SECONDS", 0.3)
    server.faults = [Fault("cdn", times=1, stall=1000), Fault("cdn", stall=0)]
    shown = refused()
    assert "no answer in time" in shown
    assert "have come and are kept; a new try goes on there" in shown


def test_the_environment_can_forbid_the_network(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "HF_HUB_OFFLINE forbids" in refused()
    assert server.requests == []


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example", "http://", "http://h:99999"])
def test_an_endpoint_that_is_no_address_is_explained(address: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert "HF_ENDPOINT must look like https://host" in refused()


def test_the_endpoint_is_the_hub_unless_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    assert api.endpoint() == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.school:8080/")
    assert api.endpoint() == "http://mirror.school:8080"


def test_weights_in_several_files(server: HubServer, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    folder = copied(tmp_path, "model.safetensors")
    whole = AutoModelForCausalLM.from_pretrained(str(gpt2_folder()), dtype=torch.float32)
    whole.save_pretrained(folder, max_shard_size="20KB")
    server.add(NAME, folder)
    spec = fetch_model(NAME)
    assert len(list(spec.folder.glob("model-*.safetensors"))) > 1
    words = word_list(fruit="apple pear", space="moon star")
    sharded = analyse_words(WordRequest(words, model=NAME), FolderStore(tmp_path))
    assert (sharded.similarity == analyse_words(WordRequest(words, model=str(gpt2_folder()))).similarity).all()
    next(spec.folder.glob("model-*.safetensors")).unlink()
    assert not models.is_present(NAME)


def test_two_who_want_the_same_model_download_it_once(server: HubServer) -> None:
    server.faults = [Fault("cdn", times=1, cut=1000)]
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(fetch_model(NAME).revision)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [COMMIT] * 3
    assert [path for path, _ in server.requests if path.startswith("/cdn")] == [f"/cdn/{NAME}/model.safetensors"] * 2


@pytest.mark.parametrize("name", ["gpt2", "org/name", "org/na.me-2_x", "org/name@main", "org/name@refs/pr/1"])
def test_names_of_models(name: str) -> None:
    assert hub.is_reference(name)


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
