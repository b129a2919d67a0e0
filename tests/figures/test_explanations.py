"""Every chart that a page can show says how it is computed, and every explanation belongs to something shown."""

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from catsel_core.analyses.contexts import DATA_BINS, ContextRequest, analyse_contexts
from catsel_core.analyses.prompts import PromptsRequest, analyse_prompts
from catsel_core.analyses.sentences import SentenceRequest, analyse_sentences
from catsel_core.analyses.side_by_side import CompareRequest, Side, compare_sides
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.figures import Chart, of_contexts, of_prompts, of_sentences, of_side_by_side, of_words
from catsel_core.figures.explanations import CALIBRATION, explanations
from catsel_core.figures.glossary import glossary
from catsel_core.figures.payload import figure_json
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.texts import pasted_text
from catsel_core.statistics.clusters import Ordering
from catsel_core.statistics.contrasts import book_contrasts
from catsel_core.store import FolderStore, Store
from tests.figures.links import EXPLAINED, LINK, names, titles
from tests.support.core_fixtures import word_list
from tests.support.tiny import gpt2_folder, llama_folder

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"neighbours"}
"""What is explained and no figure: the browser puts it together."""

TEXT = "I like the moon, the star and the apple. " * 6
SENTENCES = (
    Sentence("moon/near", "I like the moon", "moon"),
    Sentence("moon/near", "and the moon", "moon"),
    Sentence("moon/far", "The next word is moon", "moon"),
    Sentence("moon/far", "the star is a moon", "moon"),
)
CHOICES = {
    "scale": "layer",
    "word": None,
    "statistic": "delta",
    "layer_similarity": "rsa",
    "letter": "A",
    "bins": DATA_BINS,
    "of": "similarities",
    "ordering": Ordering("clustered"),
}
"""What a visitor chooses for a chart, by the name of the parameter."""


def analyses(store: Store) -> dict[ModuleType, Any]:
    """A result of every kind, by the module of its figures."""
    model = str(llama_folder())
    words = word_list(fruit="apple pear grape", things="chair table lamp")
    context = ContextRequest(pasted_text(TEXT), ("moon", "star", "apple"), WindowChoice(window=5, most=5), model=model)
    sides = Side(model=model), Side(model=str(gpt2_folder()))
    return {
        of_words: analyse_words(WordRequest(words, model=model), store),
        of_prompts: analyse_prompts(PromptsRequest(words, ("a {word}", "I like the {word}"), model=model), store),
        of_contexts: analyse_contexts(context, store),
        of_sentences: analyse_sentences(SentenceRequest(SENTENCES, model=model), store),
        of_side_by_side: compare_sides(CompareRequest(words, *sides), store),
    }


def charts_of(module: ModuleType, analysis: Any) -> list[Chart]:
    """Every chart that the module makes of an analysis."""
    found: list[Chart] = []
    for build in vars(module).values():
        if inspect.isfunction(build) and build.__module__ == module.__name__ and not build.__name__.startswith("_"):
            made = built(build, analysis)
            found += [made] if isinstance(made, Chart) else [one for one in made if isinstance(one, Chart)]
    return found


def built(build: Callable[..., Any], analysis: Any) -> Any:
    _, *others = inspect.signature(build).parameters
    contrasts = {"contrasts": book_contrasts(analysis.label_pairs.labels)} if "contrasts" in others else {}
    one = {"word": 1} if build.__module__ == of_words.__name__ else {}
    chosen = {**CHOICES, **contrasts, **one}
    return build(analysis, **{name: chosen[name] for name in others})


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> list[Chart]:
    store = FolderStore(tmp_path_factory.mktemp("store"))
    return [chart for module, analysis in analyses(store).items() for chart in charts_of(module, analysis)]


def test_every_chart_has_an_explanation_and_every_explanation_a_chart(charts: list[Chart]) -> None:
    assert {chart.name for chart in charts} == set(explanations()) - TABLES


def test_the_terms_of_titles_and_axes_are_links_below_their_chart(charts: list[Chart]) -> None:
    missing = []
    for chart in charts:
        found = {id_ for _, id_ in LINK.findall(EXPLAINED[chart.name])}
        said = [chart.title, *titles(json.loads(figure_json(chart.figure)))]
        missing += [
            (chart.name, term.id, text)
            for text in said
            for term in glossary().terms
            if names(term, text) and term.id not in found
        ]
    assert missing == []


def test_the_figures_of_calibration_are_those_of_the_docs() -> None:
    docs = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    for sizes, *shown in CALIBRATION:
        (row,) = [line for line in docs.splitlines() if line.startswith(f"| {sizes} |") and line.count("|") == 7]
        delta, _, largest, t, t_any = [cell.strip() for cell in row.split("|")[2:7]]
        assert shown == [delta, largest, t, t_any]


def test_what_is_explained_and_no_chart_is_explained_by_its_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pages").rglob("*.py"))
    explained = set(re.findall(r'explain\("([\w-]+)"\)', pages))
    assert explained & TABLES == TABLES
    assert explained - set(explanations()) == set()


@pytest.mark.parametrize("name", explanations())
def test_formulas_are_closed_and_nothing_is_left_to_fill_in(name: str) -> None:
    text = explanations()[name]
    assert text.count("$$") % 2 == 0
    assert text.replace("$$", "").count("$") % 2 == 0
    assert text.count("{") == text.count("}")
    assert all(line.count("$$") % 2 == 0 for line in text.splitlines())  # Markdown has no formula of several lines
    assert text.rstrip().endswith((".", ")"))
