"""An analysis of made-up sentences, stored where later ones can find it."""

import pytest

from catsel_core.analyses.sentences import SentenceAnalysis, analyse_sentences
from catsel_core.store import FolderStore, Store
from tests.analyses.made_up_sentences import load, request


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def analysis(store: Store) -> SentenceAnalysis:
    return analyse_sentences(request(), store, load)
