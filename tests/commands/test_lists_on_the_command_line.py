"""Lists on the command line: what was guessed is said on standard error, and what is wrong is said in one line."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Command
from tests.support.tiny import llama_folder

TWICE = "category,word\nFarm,goat\nFarm,cow\nHorned,goat\nHorned,cow\nPet,cat\nPet,dog\nPet,fox\n"
RUSSIAN = "категория,слово\nфрукты,яблоко\nфрукты,груша\nзвери,собака\nзвери,кошка\n"


@pytest.fixture
def model(capsys: pytest.CaptureFixture[str]) -> tuple[str, Path]:
    folder = llama_folder()
    capsys.readouterr()  # the folder is made once, with a progress bar
    return "--model", folder


def written(tmp_path: Path, data: bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_what_was_guessed_is_said_beside_the_result(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    path = written(tmp_path, RUSSIAN.encode("cp1251"))
    found = command.json("words", "--input", path, "--pooling", "mean", *model)
    assert command.err.splitlines() == [
        "list.csv: read as Windows-1251 (Cyrillic)",
        "list.csv: columns категория → category, слово → word",
    ]
    plain = command.json(
        "words", "--input", written(tmp_path, RUSSIAN.encode(), "utf8.csv"), "--pooling", "mean", *model
    )
    assert found == plain


def test_an_encoding_and_a_header_can_be_named(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    path = written(tmp_path, "а: да, б\nб: в, г\n".encode("koi8-r"))
    assert "that is not certain" in command.refused("words", "--input", path, *model)
    command("words", "--input", path, "--encoding", "koi8-r", *model)
    assert command.err == ""
    assert command.refused("words", "--input", path, "--encoding", "nonsense", *model).startswith("“nonsense” is no")
    square = written(tmp_path, b"fruit,apple,pear\ntool,saw,drill\nx,y,z\n", "square.csv")
    assert "can be read with a category in each column" in command.refused("words", "--input", square, *model)
    command("words", "--input", square, "--header", "no", *model)
    assert command.err == "square.csv: first cell of each row read as its category\n"


def test_all_repetitions_are_named_at_once_with_a_way_out(
    command: Command, tmp_path: Path, model: tuple[str, Path]
) -> None:
    path = written(tmp_path, TWICE.encode())
    assert command.refused("words", "--input", path, *model) == (
        "Words that stand more than once in the list: “goat” (Farm, Horned), “cow” (Farm, Horned). "
        "Keep each in one place, or use --drop-repetitions to keep the first."
    )
    found = command.json("words", "--input", path, "--drop-repetitions", "--pooling", "mean", *model)
    assert command.err.splitlines() == [
        "kept only where they stand first: goat, cow",
        "categories that had no other words are left out: Horned",
    ]
    thinned = written(tmp_path, b"Farm: goat, cow\nPet: cat, dog, fox\n", "thinned.txt")
    assert found == command.json("words", "--input", thinned, "--pooling", "mean", *model)


@pytest.mark.parametrize("kind", ["words", "sentences", "compare"])
@pytest.mark.parametrize("data", [b"x" * 700_000, b"a,b\n" + b"y" * 700_000 + b",", b'{"' + b"z" * 700_000 + b'": 1}'])
def test_a_refusal_is_one_short_line(command: Command, tmp_path: Path, kind: str, data: bytes) -> None:
    assert len(command.refused(kind, "--input", written(tmp_path, data))) < 400


def test_notes_on_sentences_are_said(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    text = (
        "Sense,Sentence,Word\nriver,They stood on the embankment,bank\nriver,The muddy bank,bank\nmoney,The bank,bank\n"
    )
    command("sentences", "--input", written(tmp_path, text.encode()), *model)
    assert "list.csv: columns sense → group, sentence → text, word → target" in command.err
    assert "“embankment” in sentence 1" in command.err


def test_a_text_may_be_in_an_encoding_that_is_named(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    path = written(tmp_path, ("the moon and the star and the moon and a star. " * 20).encode("utf-16-le"), "text.txt")
    found = command.json("contexts", "--text", path, "--targets", "moon, star", "--encoding", "utf-16-le", *model)
    assert found["text"]["origin"] == "a file of your own"
    command("contexts", "--text", path, "--targets", "moon；star", *model)


def test_words_that_end_in_the_same_token_are_said(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    path = written(tmp_path, b"category,word\nfruit,strawberry\nfruit,blueberry\ntools,hammer\ntools,saw\n")
    command.json("words", "--input", path, *model)
    assert command.err.startswith("One pair of words ends in the same token (“strawberry”, “blueberry” in “")
    assert command.err.endswith("The mean of pieces tells them apart. Use --pooling mean.\n")
    command.json("words", "--input", path, "--pooling", "mean", *model)
    assert command.err == ""


SENTENCES = """\
group,text,target
bank/river,We sat on the bank.,bank
bank/river,A steep bank rose.,bank
bank/river,We sat on the bank.,bank
bank/money,She went to the bank.,bank
"""


def test_repeated_sentences_can_be_left_out(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    path = written(tmp_path, SENTENCES.encode())
    assert "Sentence 3 repeats sentence 1" in command.refused("sentences", "--input", path, *model)
    found = command.json("sentences", "--input", path, "--drop-repetitions", *model)
    assert command.err.startswith("1 sentence left out that came before\n")
    assert [item["text"] for item in found["items"]] == [
        "We sat on the bank.",
        "A steep bank rose.",
        "She went to the bank.",
    ]


def test_sentences_in_json_are_those_of_the_table(command: Command, tmp_path: Path, model: tuple[str, Path]) -> None:
    lines = list(dict.fromkeys(SENTENCES.splitlines()))
    rows = [line.split(",") for line in lines[1:]]
    records = [{"sense": group, "sentence": text, "word": target} for group, text, target in rows]
    from_table = command.json("sentences", "--input", written(tmp_path, "\n".join(lines).encode()), *model)
    json_file = written(tmp_path, json.dumps(records).encode(), "sentences.json")
    assert command.json("sentences", "--input", json_file, *model) == from_table
