"""Words for models in several precisions, all of which stay in memory."""

from typing import Any, get_args

from catsel_core.analyses.words import WordAnalysis, WordRequest, analyse_words
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.store import Store
from tests.support.core_fixtures import word_list
from tests.support.tiny import gpt2_folder, llama_folder

WORDS = word_list(fruit="apple pear grape", rooms="chair table lamp wardrobe", space="moon star comet asteroid")
FOLDERS = {"llama": llama_folder, "gpt2": gpt2_folder}
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
_MODELS: dict[str, LoadedModel] = {}


def load(model: ModelSpec) -> LoadedModel:
    """As the cache does, but all of them stay."""
    key = repr(model)
    if key not in _MODELS:
        _MODELS[key] = load_model(model)
    return _MODELS[key]


def words(store: Store, used: Precision = "bfloat16", **changes: Any) -> WordAnalysis:
    settings = {"words": WORDS, "model": str(llama_folder()), **changes}
    return analyse_words(WordRequest(precision=used, **settings), store, load)
