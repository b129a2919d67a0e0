"""The careful view as JSON: the names, a number a layer, and null where none is defined."""

import json

import numpy as np

from catsel_core.export.careful import careful_json
from catsel_core.statistics.careful import careful_statistics
from tests.statistics.made_up import similarities


def test_names_and_a_number_a_layer() -> None:
    labels = ["a"] * 10 + ["b"] * 13 + ["c"] * 11
    found = careful_statistics(similarities(labels, layers=4), labels, permutations=200)
    made = json.loads(json.dumps(careful_json(found), allow_nan=False))
    assert list(made) == ["test", "balanced", "interval", "effect"]
    test = made["test"]
    assert list(test) == [
        "n_permutations",
        "exact",
        "seed",
        "distinct_splits",
        "smallest_p",
        "critical_z",
        "p",
        "p_max",
        "p_bh",
    ]
    assert (test["n_permutations"], test["exact"], test["seed"]) == (200, False, 25)
    assert test["distinct_splits"] == 327_314_719_892_160
    assert [len(test[name]) for name in ("p", "p_max", "p_bh")] == [4, 4, 4]
    assert test["p"] == found.test.delta.p.tolist()
    assert made["balanced"] == {
        "delta": found.test.balanced.observed.tolist(),
        "p": found.test.balanced.p.tolist(),
        "p_max": found.test.balanced.p_max.tolist(),
    }
    interval = made["interval"]
    assert list(interval) == ["method", "level", "quality", "within", "across", "delta", "balanced"]
    assert (interval["method"], interval["level"], interval["quality"]) == ("jackknife", 0.95, "full")
    assert interval["delta"] == {
        "low": found.intervals.delta.low.tolist(),
        "high": found.intervals.delta.high.tolist(),
    }
    assert made["effect"] == {"auc": found.effect.auc.tolist(), "cohen_d": found.effect.cohen_d.tolist()}


def test_what_is_not_defined_is_null() -> None:
    labels = ["a", "a", "b", "b"]
    same = np.ones((1, 4, 4), np.float32)
    made = careful_json(careful_statistics(np.concatenate([same, similarities(labels, layers=1)]), labels))
    assert (made["test"]["exact"], made["test"]["seed"], made["test"]["distinct_splits"]) == (True, None, 3)
    assert made["test"]["critical_z"] is None
    assert made["test"]["p"][0] is None
    assert made["test"]["p"][1] is not None
    assert made["interval"]["quality"] == "none"
    assert made["interval"]["within"] == {"low": [None, None], "high": [None, None]}
    assert made["effect"]["cohen_d"][0] is None


def test_a_number_of_splits_that_nobody_reads_is_null() -> None:
    labels = [str(at % 6) for at in range(60)]
    made = careful_json(careful_statistics(similarities(labels, layers=1), labels, permutations=99))
    assert made["test"]["distinct_splits"] is None
