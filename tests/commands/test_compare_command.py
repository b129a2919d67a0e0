"""Two models compared, against what the library computes, and what cannot be compared."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.analyses.side_by_side import LAYER_SIMILARITIES, CompareRequest, Side, compare_sides, mantel_along_path
from catsel_core.export.results import compare_json
from catsel_core.inputs.word_list_files import parse
from tests.support.commands import CSV, N_WORDS, NAME, OTHER, Command
from tests.support.hub_server import COMMIT, HubServer
from tests.support.tiny import N_BLOCKS, gpt2_folder, llama_folder

pytestmark = pytest.mark.usefixtures("home")

KEYS = ["a", "b", "fell_out", "likeness", "paths", "equal_depth", "neighbourhood_change"]


def compare(words: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return ("compare", "--input", words, "--model-a", llama_folder(), "--model-b", gpt2_folder(), *more)


def expected(shuffles: int = 0, seed: int = 25, **b: Any) -> dict[str, Any]:
    """What the library says."""
    sides = Side(model=str(llama_folder())), Side(**{"model": str(gpt2_folder()), **b})
    found = compare_sides(CompareRequest(parse(CSV.encode()).content, *sides))
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
    own = ("--template", "I like the {word}", "--measure", "centred")
    for side, of_side in (("a", ("--model", llama_folder())), ("b", ("--model", gpt2_folder(), *own))):
        alone = command.json("words", "--input", words, *of_side)
        del alone["careful"]  # of a list with one model
        assert found[side] == alone


def test_compare_has_careful_statistics_where_they_are_asked_for(command: Command, words: Path) -> None:
    found = command.json(*compare(words, "--permutations", "200", "--seed", "4"))
    alone = command.json("words", "--input", words, "--model", llama_folder(), "--permutations", "200", "--seed", "4")
    assert found["a"] == alone
    assert "careful" in found["b"]


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
        (["--shuffles", "100001"], "got 100,001."),
        (["--shuffles", "9", "--seed", "-1"], "--seed must be 0 or more"),
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
    assert "Both sides can use only 3 of the words, and a comparison takes at least 4" in command.refused(
        *compare(words)
    )
