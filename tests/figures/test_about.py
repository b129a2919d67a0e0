"""What a picture says of itself, for every kind of analysis."""

from dataclasses import replace

import pytest

from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.analyses.prompts import PromptsRequest, analyse_prompts
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, Side, compare_sides
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.figures.about import about, file_name
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.texts import pasted_text
from catsel_core.statistics.measures import Basis
from catsel_core.store import FolderStore, Store
from tests.support.core_fixtures import word_list
from tests.support.tiny import llama_folder

MODEL = str(llama_folder())
NAME = llama_folder().name
WORDS = word_list(fruit="apple pear asteroid", things="chair table")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return FolderStore(tmp_path_factory.mktemp("store"))


def test_words(store: Store) -> None:
    said = about(analyse_words(WordRequest(WORDS, "I like the {word}", "mean", MODEL), store))
    assert said.lines == (f"{NAME} · “I like the {{word}}” · mean of pieces · cosine", "fruit (3), things (2)")
    assert said.file_name == "fruit-things"


def test_a_precision_that_is_not_the_usual_one_is_named(store: Store) -> None:
    request = WordRequest(WORDS, model=MODEL, precision="bfloat16", measure="centred")
    first, _ = about(analyse_words(request, store)).lines
    assert first.startswith(f"{NAME} in bfloat16 · ")
    assert first.endswith(" · cosine minus the mean of these items")


def test_contexts(store: Store) -> None:
    text = pasted_text("the moon and the star like the moon and a star " * 4)
    request = ContextRequest(text, ("moon", "star"), WindowChoice(window=6), model=MODEL)
    found = analyse_contexts(request, store)
    moon, star = (sum(item.group == word for item in found.inputs.items) for word in ("moon", "star"))
    said = about(found)
    assert said.lines == (
        f"{NAME} · Your text · 6 tokens before each word · last piece · cosine",
        f"moon ({moon}), star ({star})",
    )
    assert said.file_name == "your-text-moon-star"


def test_sentences(store: Store) -> None:
    made = [Sentence(f"moon/{sense}", text, "moon") for sense, text in (("a", "I like the moon"), ("a", "a moon"))]
    made += [Sentence("moon/b", text, "moon") for text in ("and the moon", "the star is a moon")]
    said = about(analyse_sentences(SentenceRequest(tuple(made), model=MODEL), store))
    assert said.lines == (f"{NAME} · 4 sentences · last piece · cosine", "moon (4)")
    assert said.file_name == "moon"


def test_side_by_side(store: Store) -> None:
    a, b = Side(model=MODEL, template="I like the {word}"), Side(model=MODEL, template="a {word}", measure="spearman")
    said = about(compare_sides(CompareRequest(WORDS, a, b), store))
    assert said.lines == (
        f"A: {NAME} · “I like the {{word}}” · last piece · cosine",
        f"B: {NAME} · “a {{word}}” · last piece · Spearman's correlation",
        "fruit (3), things (2)",
    )


def test_prompts_are_counted(store: Store) -> None:
    request = PromptsRequest(WORDS, ("I like the {word}", "a {word}"), model=MODEL, measure="all-but-the-top")
    said = about(analyse_prompts(replace(request, basis=Basis("text", 1)), store))
    first = f"{NAME} · 2 prompts · last piece · cosine without the top component of reference contexts"
    assert said.lines == (first, "fruit (3), things (2)")


def test_many_categories_are_counted(store: Store) -> None:
    words = word_list(**{f"c{at}": f"word{at} thing{at}" for at in range(14)})
    _, second = about(analyse_words(WordRequest(words, model=MODEL), store)).lines
    assert second.startswith("c0 (2), c1 (2), ")
    assert second.endswith(", c11 (2), 2 more")


def test_anything_else_is_no_analysis() -> None:
    with pytest.raises(TypeError, match="str is no analysis"):
        about("words")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["space", "furniture", "fruit"], "space-furniture-fruit"),
        (["A", "b", "c", "d"], "a-b-c-d"),
        (["a", "b", "c", "d", "e"], "a-b-c-and-2-more"),
        (["../etc/passwd", "con:", " "], "etc-passwd-con"),
        (["फल और सब्ज़ी", "水果", "ผลไม้"], "फल-और-सब्ज़ी-水果-ผลไม้"),
        (["x" * 100, "y"], "x" * 60),
        ([], ""),
    ],
)
def test_names_of_files_have_letters_and_digits_of_any_language(parts: list[str], name: str) -> None:
    assert file_name(parts) == name
