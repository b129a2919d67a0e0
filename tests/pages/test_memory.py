"""What the server keeps in memory does not grow with what is asked for."""

import json

import pytest

from tests.support.interpreter import python
from tests.support.tiny import llama_folder

pytestmark = pytest.mark.usefixtures("fresh")


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
