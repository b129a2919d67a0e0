"""Words on models of the hub and of folders, and what precision and measure change in the output."""

from pathlib import Path

import numpy as np
import pytest

from catsel_core.__main__ import main
from catsel_core.analyses.careful import careful_words
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.results import words_json
from catsel_core.inputs.word_list_files import parse
from catsel_core.models.catalogue import GPT2
from tests.support.commands import BY_NAME, CSV, N_WORDS, NAME, Command, downloaded
from tests.support.hub_server import COMMIT, Fault, HubServer
from tests.support.tiny import N_BLOCKS, gpt2_folder, llama_folder

pytestmark = pytest.mark.usefixtures("home")


def test_words_downloads_on_first_use_and_names_the_commit(command: Command, server: HubServer, words: Path) -> None:
    found = command.json("words", "--input", words, "--model", NAME)
    assert command.err.splitlines()[0].startswith(f"{NAME} is here: revision {COMMIT}, in ")
    assert found["model"] == {"name": NAME, "revision": COMMIT, "precision": "float32", "device": "cpu"}
    analysis = analyse_words(WordRequest(parse(CSV.encode()).content, model=NAME))
    assert found == words_json(analysis, careful_words(analysis))
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
    assert line.startswith("no/such could not be fetched from ")


def test_words_fetches_nothing_for_a_list_that_cannot_be_read(
    command: Command, server: HubServer, tmp_path: Path
) -> None:
    assert "cannot be read" in command.refused("words", "--input", tmp_path / "none.csv", "--model", NAME)
    assert server.requests == []


def test_words_after_a_transfer_that_failed_goes_on(command: Command, server: HubServer, words: Path) -> None:
    server.faults = [Fault("cdn", times=1, cut=1000), Fault("cdn", cut=0)]
    assert "are kept; trying again continues from there" in command.refused("words", "--input", words, "--model", NAME)
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
    request = WordRequest(parse(CSV.encode()).content, model=str(llama_folder()), precision="bfloat16")
    analysis = analyse_words(request)
    assert short == words_json(analysis, careful_words(analysis))


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
        of_plain = {name: plain[name] for name in ("measure", "book", "shuffled_delta", "careful")}
        assert found["shuffled_delta"] != plain["shuffled_delta"]
        basis = {"basis": {"reference": "items", "components": int(measure == "all-but-the-top")}}
        assert {**found, **of_plain} == {**plain, **(basis if measure != "spearman" else {})}
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


def test_the_test_has_as_many_shuffles_as_asked_for_and_says_its_seed(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("category,word\n" + "".join(f"{'ab'[at % 2]},word{at}\n" for at in range(24)), encoding="utf-8")
    common = ("words", "--input", path, "--model", llama_folder())
    found, again, other = (command.json(*common, "--permutations", "200", *more) for more in ((), (), ("--seed", "3")))
    test = found["careful"]["test"]
    assert (test["n_permutations"], test["exact"], test["seed"]) == (200, False, 25)
    assert test["distinct_splits"] == 1_352_078
    assert test["smallest_p"] == 1 / 201
    assert found == again
    assert other["careful"]["test"]["seed"] == 3
    assert other["careful"]["test"]["p"] != test["p"]
    assert other["careful"]["interval"] == found["careful"]["interval"]


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--permutations", "98", "--permutations must be between 99 and 100,000; got 98."),
        ("--permutations", "100001", "--permutations must be between 99 and 100,000; got 100,001."),
        ("--seed", "-1", "--seed must be 0 or more; got -1."),
    ],
)
def test_numbers_of_the_test_have_bounds(command: Command, words: Path, option: str, value: str, message: str) -> None:
    assert command.refused("words", "--input", words, "--model", llama_folder(), option, value) == message
