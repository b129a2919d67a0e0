"""Models of the hub, against an imitation on this machine: downloads that end with whole files."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.errors import NotDownloadedError
from catsel_core.models import catalogue, hub
from catsel_core.models import find as models
from catsel_core.models.find import find_model
from catsel_core.models.hub.cache import has_tokenizer
from catsel_core.store import FolderStore
from tests.support.core_fixtures import word_list
from tests.support.hub import NAME, copied, fetch_model, refused
from tests.support.hub_server import COMMIT, Fault, HubServer
from tests.support.tiny import gpt2_folder

ROOT = Path(__file__).resolve().parents[2]


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
    assert b"have arrived and are kept" in done.stderr
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
    assert "does not match its checksum, so it was thrown away" in refused()
    assert not models.is_present(NAME)
    assert not list(home.rglob("*.catsel-part"))
    server.faults = []
    fetch_model(NAME)
    assert models.is_present(NAME)


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


def test_the_same_branch_stays_the_same_commit(server: HubServer) -> None:
    fetch_model(NAME)
    server.models[NAME].commit = "d" * 40
    assert fetch_model(NAME).revision == find_model(NAME).revision == COMMIT


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
