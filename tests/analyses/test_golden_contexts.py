"""The Great Gatsby through the command line against the figures of the book's own notebook."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catsel_core.__main__ import main
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model
from catsel_core.settings import models_dir
from tests.support.gutenberg_server import GutenbergServer, serve

HERE = Path(__file__).resolve().parent
GOLDEN: dict[str, Any] = json.loads((HERE / "golden_book.json").read_text(encoding="utf-8"))
WINDOWS: dict[str, Any] = json.loads((HERE / "golden_windows.json").read_text(encoding="utf-8"))
BOOK = HERE.parents[2] / "shared" / "gutenberg" / "64317.txt"
LAYER = GOLDEN["part5"]["layer"]
GROUPS = {"within": "within", "acros1": "years × garage, lawn", "acros2": "garage × lawn"}
TEXTS = ("windows", "book") if BOOK.is_file() else ("windows",)

pytestmark = pytest.mark.bundled


def windows_in_their_places() -> str:
    """A text as long as the book in tokens: the book's before every occurrence of the words, one word elsewhere."""
    from tokenizers import Tokenizer

    ids = [WINDOWS["filler"]] * WINDOWS["n_tokens"]
    for first, run in WINDOWS["runs"]:
        ids[first : first + len(run)] = run
    tokenizer = Tokenizer.from_file(str(find_model(BUNDLED).folder / "tokenizer.json"))
    return str(tokenizer.decode(ids, skip_special_tokens=False))


@pytest.fixture(scope="module", params=TEXTS)
def text(request: pytest.FixtureRequest) -> str:
    """``windows``, and ``book`` where the book's own file lies beside the project."""
    return str(request.param)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both texts' results are stored: their windows are the same tokens, which the model reads once."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "results").mkdir()
    return folder / "results"


@pytest.fixture(scope="module")
def result(text: str, stored: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON of one run with the notebook's choices; the text comes from a server on this machine."""
    folder = tmp_path_factory.mktemp("gatsby")
    (folder / "models").symlink_to(models_dir(), target_is_directory=True)
    (folder / "results").symlink_to(stored, target_is_directory=True)
    source = ["--gutenberg", "64317", "--keep-boilerplate", "--targets", "years, garage, lawn"]
    choices = ["--max-per-target", "all", "--bins", "34", "--range", "0.4,1"]
    server = GutenbergServer()
    server.answers = [serve(BOOK.read_bytes() if text == "book" else windows_in_their_places().encode())]
    with ExitStack() as stack:
        stack.callback(server.stop)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name in ("http_proxy", "all_proxy"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        patch.setenv("CATSEL_GUTENBERG", server.address)
        patch.setenv("CATSEL_CACHE", str(folder))
        assert main(["contexts", *source, *choices, "--out", str(folder / "out.json")]) == 0
    assert server.paths == ["/cache/epub/64317/pg64317.txt"]
    made: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return made


def groups(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {group["name"]: group for group in result["pair_groups"]}


def test_the_text_and_its_tokens(text: str, result: dict[str, Any]) -> None:
    assert result["n_tokens"] == GOLDEN["part4"]["n_tokens"]
    if text == "book":
        assert (result["text"]["name"], result["n_unique"]) == ("The Great Gatsby", GOLDEN["part4"]["n_unique"])
    assert result["window"] == 50
    assert len(result["layers"]) == 31


def test_every_occurrence(result: dict[str, Any]) -> None:
    assert [target["word"] for target in result["targets"]] == ["years", "garage", "lawn"]
    for number, target in enumerate(result["targets"], start=1):
        expected = [position for position, owner in GOLDEN["part4"]["target_idxs"] if owner == number]
        assert target["positions"] == target["used"] == expected
        assert target["n_early"] == 0


def test_means_and_pairs_of_the_notebooks_layer(result: dict[str, Any]) -> None:
    assert list(groups(result)) == list(GROUPS.values())
    for golden, name in GROUPS.items():
        expected, group = GOLDEN["part5"][golden], groups(result)[name]
        assert group["n_pairs"] == expected["n"]
        assert group["mean"][LAYER] == pytest.approx(expected["mean"], abs=1e-4)


def test_shares_at_all_layers(result: dict[str, Any]) -> None:
    assert result["bin_edges"] == pytest.approx(GOLDEN["part6"]["edges"], abs=1e-6)
    for name, rows in zip(GROUPS.values(), GOLDEN["part6"]["dists"], strict=True):
        group = groups(result)[name]
        assert len(group["counts"]) == len(rows) == 31
        for counts, below, above, expected in zip(group["counts"], group["below"], group["above"], rows, strict=True):
            inside = sum(counts)
            assert inside + below + above == group["n_pairs"]
            if None in expected:  # no value lies inside the notebook's bins: it divides by zero
                assert inside == 0
            else:  # the notebook's shares are of the values inside
                np.testing.assert_allclose(np.array(counts) / inside, expected, rtol=0, atol=1e-3)
