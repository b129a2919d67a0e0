"""What the server holds in memory: the first model, its objects out of the collector's sight, results within bounds."""

import json
import threading

import pytest

from catsel_core.hidden_states import model_cache
from pages.ui.work import warm_up
from tests.support.interpreter import python
from tests.support.tiny import llama_folder
from tests.support.visits import SECONDS, opened, words

pytestmark = pytest.mark.usefixtures("fresh")


@pytest.mark.bundled
def test_loading_takes_library_objects_out_of_the_collectors_sight() -> None:
    code = (
        "import gc, logging; logging.disable()\n"
        "from catsel_core.models.find import find_model\n"
        "from catsel_core.hidden_states.model_cache import load\n"
        "assert load(find_model()) is load(find_model())\n"
        "print(gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 50_000)"
    )
    assert python(code) == "True True"


@pytest.mark.parametrize("page", ["app.py", "pages/compare.py"])
def test_whatever_page_is_served_first_its_model_is_warmed_up(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(warm_up, "begin", lambda model: begun.append(model.name))
    assert not opened(page, words()).exception
    assert begun == ["tiny-llama"]


def test_only_the_first_model_is_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, done = [], threading.Event()

    def load(model: str) -> None:
        loaded.append(model)
        done.set()

    monkeypatch.delenv("CATSEL_WARM_UP")
    monkeypatch.setattr(warm_up, "SECONDS", 0.0)
    monkeypatch.setattr(warm_up, "_begun", threading.Event())
    monkeypatch.setattr(model_cache, "load_if_empty", load)
    for model in ("first", "second"):
        warm_up.begin(model)  # type: ignore[arg-type]
    assert done.wait(SECONDS)
    assert loaded == ["first"]


FIFTY_LISTS = """
import json, logging, os
import psutil
logging.disable()
from catsel_core.analyses.words import WordRequest
from catsel_core.figures import of_words as charts
from catsel_core.inputs.word_lists import make_word_list
from pages.ui.work import results
from pages.ui.work.cache import MEMORY
from pages.ui.work.charts import chart
os.environ["CATSEL_CACHE_MB"] = "60"
sizes, largest = [], 0
for number in range(50):
    names = [(f"category {part}", [f"w{number}x{part}x{at}" for at in range(30)]) for part in range(8)]
    job = results.DESK.job(WordRequest(make_word_list(names), model=sys.argv[1]))
    with job.watched():
        found = job.future.result(120)
    del job
    for scale in ("layer", "shared"):
        chart(charts.similarity_matrix, found, scale)
        chart(charts.distributions, found, scale)
    del found
    largest = max(largest, MEMORY.n_bytes)
    sizes.append(psutil.Process().memory_info().rss)
print(json.dumps({"largest": largest, "made": len(MEMORY), "sizes": sizes}))
"""


@pytest.mark.slow
def test_fifty_different_lists_of_240_words_do_not_grow_the_server() -> None:
    told = json.loads(python(FIFTY_LISTS.replace("sys.argv[1]", repr(str(llama_folder())))))
    assert 40_000_000 < told["largest"] <= 60_000_000  # the bound was reached
    early, late = max(told["sizes"][10:20]), max(told["sizes"][40:])
    assert late - early < 60_000_000  # without the bound it would be about 110 MB
