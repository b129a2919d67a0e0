"""Values that no widget would send: they hurt only who sends them, and none of them stands in the log."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from catsel_core.settings import models_dir
from tests.support.server import Server
from tests.support.tiny import book_model_home
from tests.support.wire import Shown, WireVisitor, visiting

SENT = "unmistakable"
LONG = SENT * 15_000
PAGES = ["words", "contexts", "senses", "models", "compare", "one_layer"]
EDITS = {"edited_rows": {"0": {"word": [SENT], SENT: SENT}, "9999": {"word": SENT}}, "added_rows": [{SENT: SENT}]}

FORGED: dict[str, dict[str, Any]] = {
    "text": {"string_value": SENT},
    "long text": {"string_value": LONG},
    "texts": {"string_array_value": [SENT, LONG]},
    "no number": {"double_value": float("nan")},
    "infinite": {"double_value": float("inf")},
    "large": {"int_value": 2**53},
    "negative": {"int_value": -1},
    "numbers": {"double_array_value": [float("nan"), 2.0**53]},
    "no JSON": {"json_value": LONG},
    "JSON": {"json_value": json.dumps({**EDITS, "added_rows": [SENT]})},
    "a selection": {"json_value": json.dumps({"selection": {"rows": [10**9, SENT, -1]}})},
    "a press": {"trigger_value": True},
}


def forged(identity: str, values: dict[str, Any]) -> WidgetState:
    made = WidgetState(id=identity)
    for name, value in values.items():
        if isinstance(value, list):
            getattr(made, name).data.extend(value)
        else:
            setattr(made, name, value)
    return made


def send(visitor: WireVisitor, shown: Shown, values: dict[str, Any]) -> Shown:
    return visitor.run([forged(identity, values) for identity in shown.widgets])


class Logged:
    """A server with a tiny model in the place of the book's, and all that it prints in a file."""

    def __init__(self, folder: Path, *start: str) -> None:
        (folder / "models").symlink_to(models_dir(), target_is_directory=True)
        self.log = folder / "log.txt"
        home = str(book_model_home(folder / "home"))
        self.server = Server(start, self.log, HF_HOME=home, CATSEL_CACHE=str(folder), CATSEL_WARM_UP="0")

    def hurts_only_who_sends(self, page: str) -> None:
        for values in FORGED.values():
            with visiting(self.server, page) as visitor:
                send(visitor, visitor.run(), values)
        with visiting(self.server, page) as other:
            assert other.run().failures == 0
        printed = self.log.read_text(encoding="utf-8", errors="replace")
        assert SENT not in printed
        assert len(printed) < 1_000_000


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    running = Logged(tmp_path_factory.mktemp("server"), "pages.ui")
    yield running
    running.server.stop()


@pytest.mark.parametrize("page", PAGES)
def test_forged_values_hurt_only_who_sends_them(logged: Logged, page: str) -> None:
    logged.hurts_only_who_sends(page)


def test_the_log_is_as_quiet_when_streamlit_itself_starts_the_pages(tmp_path: Path) -> None:
    running = Logged(tmp_path, "streamlit", "run", "app.py")
    try:
        running.hurts_only_who_sends("words")
    finally:
        running.server.stop()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("number", [2**53, -1])
def test_after_values_that_were_not_offered_the_next_run_is_as_before(logged: Logged, page: str, number: int) -> None:
    fitting: dict[str, dict[str, Any]] = {
        "selectbox": {"string_value": SENT},
        "button_group": {"string_array_value": [SENT]},
        "number_input": {"int_value": number},
        "color_picker": {"string_value": SENT},
        "text_input": {"string_value": SENT},
        "text_area": {"string_value": LONG},
        "arrow_data_frame": {"string_value": json.dumps(EDITS)},
        "bidi_component": {"json_value": json.dumps({"asked": SENT})},
    }
    with visiting(logged.server, page) as visitor:
        shown = visitor.run()
        values = [forged(key, fitting[kind]) for key, kind in shown.widgets.items() if kind in fitting]
        assert visitor.run(values).failures == 0
        assert visitor.run().failures == 0
