"""The JSON and the arrays of an analysis of sentences."""

import json
from typing import Any

import numpy as np

from catsel_core.analyses.sentences import SentenceAnalysis
from catsel_core.analyses.words import WordRequest, analyse_words
from catsel_core.export.arrays import to_arrays
from catsel_core.export.results import sentences_json, words_json
from catsel_core.statistics.pairs import BookStatistics
from catsel_core.store import Store
from tests.analyses.made_up_sentences import (
    SENTENCES,
    load,
)
from tests.support.core_fixtures import word_list
from tests.support.tiny import llama_folder


# The report
def test_the_report_survives_json_unchanged(analysis: SentenceAnalysis) -> None:
    report = sentences_json(analysis)
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_the_report_has_the_keys_of_a_report_of_words_and_the_senses(analysis: SentenceAnalysis, store: Store) -> None:
    words = WordRequest(word_list(fruit="apple pear", space="moon star"), model=str(llama_folder()))
    report, of_words = sentences_json(analysis), words_json(analyse_words(words, store, load))
    assert set(report) == set(of_words) - {"template", "shuffled_delta"} | {"senses"}
    for key in ("model", "layers"):
        assert report[key] == of_words[key]
    for key in ("book", "variance"):
        assert set(report[key]) == set(of_words[key])
    assert set(report["items"][0]) == set(of_words["items"][0])


def test_the_report_holds_sentences_and_statistics(analysis: SentenceAnalysis) -> None:
    report = sentences_json(analysis)
    assert report["model"] == analysis.model.identity
    assert report["pooling"] == "last"
    assert [(item["category"], item["text"], item["word"]) for item in report["items"]] == [
        (sentence.group, sentence.text, sentence.target) for sentence in SENTENCES
    ]
    assert (report["n_within"], report["n_across"]) == (7, 59)
    assert report["book"]["delta"] == analysis.statistics.delta.tolist()
    assert report["next_tokens"] == list(analysis.activations.next_tokens)


def test_the_report_holds_the_senses_with_null_where_t_is_not_defined(analysis: SentenceAnalysis) -> None:
    senses = sentences_json(analysis)["senses"]
    made = analysis.senses
    assert made is not None
    assert set(senses) == {"book", "n_within", "n_across", "words", "shuffled_delta"}
    assert list(senses["words"]) == ["lamp", "moon", "asteroid"]
    described: list[tuple[dict[str, Any], BookStatistics]] = [
        (senses, made.overall),
        *((senses["words"][word], statistics) for word, statistics in made.words.items()),
    ]
    for values, statistics in described:
        assert (values["n_within"], values["n_across"]) == (statistics.n_within, statistics.n_across)
        for name in ("within_mean", "across_mean", "delta"):
            assert values["book"][name] == getattr(statistics, name).tolist()
        assert values["book"]["t"] == [None, *statistics.t[1:].tolist()]


def test_the_arrays_are_the_matrices_with_groups(analysis: SentenceAnalysis) -> None:
    arrays = to_arrays(analysis)
    assert np.array_equal(arrays["similarity"], analysis.similarity)
    assert arrays["labels"].tolist() == [sentence.group for sentence in SENTENCES]
