"""A session file: written with the options of the commands, and the same numbers from it as from them."""

import json
from pathlib import Path

import pytest

from catsel_core.__main__ import main
from catsel_core.export.session_file import from_json, opened, to_json
from catsel_core.inputs.items import DEFAULT_TEMPLATE
from catsel_core.inputs.text_references import OwnText
from catsel_core.session import SideChoice, first_session
from catsel_core.statistics.measures import Basis
from tests.support.commands import NAME, Command
from tests.support.hub_server import HubServer
from tests.support.tiny import gpt2_folder, llama_folder

pytestmark = pytest.mark.usefixtures("home")

MODEL = ("--model", llama_folder())
HOW = ("--pooling", "mean", "--measure", "all-but-the-top", "--reference", "text", "--components", "2")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("I like the moon and the star and the apple. " * 20, encoding="utf-8")
    return path


def saved(command: Command, folder: Path, *options: str | Path) -> Path:
    path = folder / "mine.catsel.json"
    assert command("session", *options, "--out", path) == ""
    return path


def test_words_and_prompts_have_the_same_numbers(command: Command, words: Path, tmp_path: Path) -> None:
    own = ("--input", words, "--template", "I like the {word}", *HOW, *MODEL)
    session = saved(command, tmp_path, *own)
    test = ("--permutations", "150", "--seed", "4")
    assert command.json("words", "--session", session, *test) == command.json("words", *own, *test)
    of_session = command.json("prompts", "--session", session)
    assert of_session == command.json("prompts", "--input", words, *HOW, *MODEL)


def test_contexts_of_an_own_text_have_the_same_numbers(command: Command, text: Path, tmp_path: Path) -> None:
    own = ("--text", text, "--targets", "moon, star", "--window", "5", "--max-per-target", "7", "--seed", "3")
    bins = ("--bins", "12", "--range=-0.5,1")
    session = saved(command, tmp_path, *own, *bins, *HOW, *MODEL)
    expected = command.json("contexts", *own, *bins, *HOW, *MODEL)
    text.unlink()  # it is in the session
    assert command.json("contexts", "--session", session) == expected


def test_sentences_have_the_same_numbers(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "sentences.csv"
    rows = ["moon/a,I like the moon,moon", "moon/a,and the moon,moon", "moon/b,a moon,moon", "moon/b,is a moon,moon"]
    path.write_text("\n".join(["group,text,target", *rows]), encoding="utf-8")
    session = saved(command, tmp_path, "--sentences", path, *HOW, *MODEL)
    assert command.json("sentences", "--session", session) == command.json("sentences", "--input", path, *HOW, *MODEL)


def test_sides_have_the_same_numbers(command: Command, words: Path, tmp_path: Path) -> None:
    sides = (
        "--model-a",
        llama_folder(),
        "--model-b",
        gpt2_folder(),
        "--template-b",
        "a {word}",
        "--measure-b",
        "zscored",
    )
    session = saved(command, tmp_path, "--input", words, *sides, *MODEL)
    assert command.json("compare", "--session", session) == command.json("compare", "--input", words, *sides)


def test_what_is_said_of_a_side_counts_though_it_is_what_others_begin_with(command: Command) -> None:
    said = ("--measure", "zscored", "--measure-b", "cosine", "--template-a", DEFAULT_TEMPLATE, "--reference-a", "items")
    session = from_json(command("session", *said))
    assert session.side_b == SideChoice(measure="cosine")
    assert session.side_a == SideChoice(template=DEFAULT_TEMPLATE, basis=Basis("items"))


@pytest.mark.parametrize(
    "options",
    [("--template-a", "hello"), ("--targets", ""), ("--targets", "a,b,c,d,e,f,g,h,i,j"), ("--input", "one.csv")],
)
def test_nothing_is_written_that_could_not_be_opened(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.csv").write_text("category,word\nfruit,apple\nfruit,pear\n", encoding="utf-8")
    command.refused("session", *options, "--out", "mine.catsel.json")
    assert not Path("mine.catsel.json").exists()


def test_models_of_sides_are_not_fetched_for_other_commands(
    command: Command, words: Path, server: HubServer, tmp_path: Path
) -> None:
    session = saved(command, tmp_path, "--input", words, "--model-b", NAME, *MODEL)
    command("words", "--session", session)
    assert server.requests == []


def test_a_session_without_options_is_that_of_a_newcomer(command: Command) -> None:
    assert from_json(command("session")) == first_session()


def test_what_the_session_says_is_not_said_twice(command: Command, words: Path, tmp_path: Path) -> None:
    session = saved(command, tmp_path, "--input", words, *MODEL)
    line = command.refused("words", "--session", session, "--template", "a {word}")
    assert line == "The session says what --template would say. Leave one of them out."
    assert "--seed" in command.refused("contexts", "--session", session, "--seed", "9")


@pytest.mark.parametrize(
    ("content", "clue"),
    [
        ("no session", "its JSON cannot be read"),
        ('{"catsel_session": 99}', "written by a newer catsel"),
        ('{"catsel_session": 1, "texts": 5}', "“texts” of “session”"),
        ('{"catsel_session": 1, "texts": [{"content": ""}]}', "nothing but white space"),
        ('{"catsel_session": 1, "moon": 1}', "moon"),
        (
            '{"catsel_session": 1, "contexts": {"contrasts": {"panels": [["a\\ud800", "b", "A"]]}}}',
            "A panel is two words",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    command: Command, tmp_path: Path, content: str, clue: str
) -> None:
    path = tmp_path / "broken.catsel.json"
    path.write_text(content, encoding="utf-8")
    assert clue in command.refused_at_last("words", "--session", path)
    assert main(["words", "--session", str(tmp_path / "none.json")]) == 2


def test_only_the_text_that_is_searched_is_written(command: Command, text: Path, tmp_path: Path) -> None:
    written = saved(command, tmp_path, "--text", text, "--targets", "moon, star").read_bytes()
    session, texts = opened(b"\xef\xbb\xbf" + written)  # as some editors begin a file
    assert isinstance(session.contexts.text, OwnText)
    assert set(texts) == {session.contexts.text.digest}
    assert json.loads(to_json(session, texts)) == json.loads(written)
    assert "texts" not in json.loads(to_json(first_session(), texts))
