"""A report: everything typed is text in it, nothing is fetched, and its numbers are those of the analyses."""

import base64
import hashlib
import json
import re
from contextvars import copy_context
from dataclasses import replace

import pytest

from catsel_core.analyses.words import WordAnalysis
from catsel_core.export.parts import PARTS
from catsel_core.export.report import Report, report_html
from catsel_core.export.session_file import opened, to_json
from catsel_core.inputs.sentences import Sentence
from catsel_core.language import of_viewer, speak, tr
from catsel_core.session import SentencesChoice
from tests.support.reports import FETCHED_BY, HOSTILE, OWN, SESSION, TEXT, ReadReport, analysed


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(SESSION, OWN, tuple(map(analysed, PARTS)), "2026-11-30", layer=2)


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return report_html(report)


@pytest.fixture(scope="module")
def read(html: str) -> ReadReport:
    return ReadReport(html)


def test_what_is_typed_is_text(read: ReadReport) -> None:
    assert read.tags.isdisjoint({"img", "b", "u", "i", "s", "iframe", "object", "embed", "link", "form", "base"})
    seen = "".join(read.text)
    for word in HOSTILE:
        assert word in seen
    assert "<i>Story</i>" in seen
    assert "moon/<u>a" in seen


def test_scripts_are_those_that_are_allowed(read: ReadReport) -> None:
    policy = next(value for name, value in read.attributes if name == "content" and "default-src" in value)
    run = [text for attributes, text in read.scripts if attributes.get("type") != "application/json"]
    assert len(run) == 2
    for script in run:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert not re.search(r"https?:|\*|connect-src|unsafe-eval", policy)
    assert not [name for name, _ in read.attributes if name.startswith("on")]


def test_no_address_is_fetched(read: ReadReport) -> None:
    assert not [(name, value) for name, value in read.attributes if name in FETCHED_BY]
    styles = [*read.styles, *(value for name, value in read.attributes if name == "style")]
    assert not re.search(r"url\(|@import|//", "".join(styles))
    assert "import(" not in read.scripts[-1][1]


def test_the_session_inside_is_the_one_that_was_given(read: ReadReport) -> None:
    assert read.session == json.loads(to_json(SESSION, OWN))
    session, texts = opened(json.dumps(read.session).encode())
    assert session == SESSION
    assert texts[TEXT.digest].content == TEXT.content


def test_numbers_are_those_of_the_analyses(report: Report, read: ReadReport) -> None:
    words = report.analyses[0]
    assert isinstance(words, WordAnalysis)
    for layer, reading in enumerate(read.charts["distributions"]["readings"]):
        assert f"{abs(words.statistics.delta[layer]):.3f}" in reading
    for value in words.statistics.t:
        assert f"{value:.4f}".replace("-", "−") in read.text


def test_all_that_pages_show_is_there(read: ReadReport) -> None:
    assert {
        *("similarity-matrix", "distributions", "mean-profile", "delta-profile", "t-profile", "t-against-delta"),
        *("occurrence-matrix", "group-distributions", "group-profile", "tornado-1", "sense-profile", "sense-means"),
        *("sentence-matrix", "sense-distributions", "depth-profiles", "layer-similarity"),
        *("selectivity", "category-means", "accuracy", "silhouette", "word-map", "prompts-profile", "noise-ceiling"),
        *("similarity-matrix-a", "similarity-matrix-b"),
    } <= read.charts.keys()
    seen = "".join(read.text)
    for said in ("Revision of the model", "200, seed 25", "2026-11-30", "transformers", "Mike X Cohen", "tiny-llama"):
        assert said in seen
    assert ("data-layer", "2") in read.attributes
    assert "math" in read.tags
    assert "$" not in seen


def test_the_same_report_is_the_same_file(report: Report, html: str) -> None:
    assert report_html(report) == html


def test_careful_statistics_come_with_their_seed() -> None:
    session = replace(SESSION, view=replace(SESSION.view, approach="careful"))
    analyses = tuple(analysed(kind, session) for kind in ("words", "sentences"))
    careful = ReadReport(report_html(Report(session, OWN, analyses, "2026-11-30")))
    assert {"careful-delta", "careful-shuffles", "careful-sense-delta"} <= careful.charts.keys()
    assert "delta-profile" not in careful.charts
    assert "Shuffles of the permutation test" in careful.text
    assert ("data-layer", "") in careful.attributes


def test_sentences_without_two_senses_have_their_matrix() -> None:
    listed = [Sentence(word, f"{start} {word}", word) for word in ("moon", "star") for start in ("The", "A")]
    session = replace(SESSION, sentences=SentencesChoice(tuple(listed)))
    read = ReadReport(report_html(Report(session, OWN, (analysed("sentences", session),), "2026-11-30")))
    assert list(read.charts) == ["sentence-matrix"]
    assert "there is nothing to compare" in "".join(read.text)


def test_it_is_whole_in_the_language_that_is_spoken(report: Report, read: ReadReport) -> None:
    speaks = copy_context()
    speaks.run(speak, "de")
    german = ReadReport(speaks.run(report_html, report))
    assert ("lang", "en") in read.attributes
    assert ("lang", "de") in german.attributes
    assert 'speak("de",{' in german.scripts[-1][1]
    assert json.dumps(speaks.run(of_viewer), ensure_ascii=False) in german.scripts[-1][1]
    for heading in ("How a language model tells words apart", "Words in categories", "How to cite", "Category"):
        assert speaks.run(tr, heading) in german.text
    assert german.session == read.session
    assert report_html(report).startswith('<!DOCTYPE html>\n<html lang="en">')
