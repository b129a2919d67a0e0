"""Several prompts on the command line, and measures of sentences and contexts: what the library computes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catsel_core.__main__ import main
from catsel_core.analyses.careful import careful_words
from catsel_core.analyses.prompts import PromptsRequest, analyse_prompts
from catsel_core.export.results import prompts_json
from catsel_core.inputs.word_list_files import parse
from catsel_core.statistics.measures import Basis
from tests.support.commands import CSV, Command
from tests.support.tiny import llama_folder

pytestmark = pytest.mark.usefixtures("home")


def test_prompts_are_what_the_library_computes(command: Command, words: Path) -> None:
    templates = ("The next word is {word}", "I like the {word}")
    asked = [part for template in templates for part in ("--template", template)]
    measure = ("--measure", "all-but-the-top", "--reference", "text", "--components", "3")
    found = command.json(
        "prompts", "--input", words, "--model", llama_folder(), *asked, *measure, "--permutations", "150"
    )
    how: dict[str, Any] = {"model": str(llama_folder()), "measure": "all-but-the-top", "basis": Basis("text", 3)}
    request = replace(PromptsRequest(parse(CSV.encode()).content, templates), **how)
    made = analyse_prompts(request)
    expected = prompts_json(made, [careful_words(one, 150) for one in made.analyses])
    assert found == json.loads(json.dumps(expected))
    assert found["prompts"][1]["template"] == templates[1]
    assert found["prompts"][0]["basis"] == {"reference": "text", "components": 3}
    assert found["prompts"][0]["careful"]["test"]["exact"] is True  # of a list so short


@pytest.mark.parametrize("kind", ["sentences", "contexts"])
def test_other_inputs_take_measures_too(command: Command, tmp_path: Path, kind: str) -> None:
    text = tmp_path / "text.txt"
    text.write_text("I like the moon and the star and the apple. " * 20, encoding="utf-8")
    sentences = tmp_path / "sentences.csv"
    rows = ["moon/a,I like the moon,moon", "moon/a,and the moon,moon", "moon/b,a moon,moon", "moon/b,is a moon,moon"]
    sentences.write_text("\n".join(["group,text,target", *rows]), encoding="utf-8")
    own = {
        "sentences": ("--input", sentences),
        "contexts": ("--text", text, "--targets", "moon, star", "--window", "5"),
    }
    common = (kind, *own[kind], "--model", llama_folder())
    plain, scored = command.json(*common), command.json(*common, "--measure", "zscored", "--reference", "text")
    assert plain["measure"] == "cosine"
    assert "basis" not in plain
    assert (scored["measure"], scored["basis"]) == ("zscored", {"reference": "text", "components": 0})
    where = "book" if kind == "sentences" else "pair_groups"
    assert scored[where] != plain[where]


def test_numbers_that_cannot_be_used_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--measure", "all-but-the-top", "--components", "0"]) == 2
    assert "must be between 1 and 100; it is 0." in capsys.readouterr().err
    assert main(["prompts", "--template", "a {word}"]) == 2
    assert "Choose 2 to 8 different prompts; there are 1." in capsys.readouterr().err
