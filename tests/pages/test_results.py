"""The dashboard's way to the core: errors in words, and the last result meanwhile."""

import ast
import errno
import shutil
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses import kinds
from catsel_core.analyses.kinds import Kind, Request
from catsel_core.analyses.words import WordRequest
from catsel_core.hidden_states import model_cache
from pages.ui.work import results, waiting, warm_up
from tests.support.gate import Gate
from tests.support.interpreter import python
from tests.support.pages import ROOT, charts
from tests.support.tiny import llama_folder
from tests.support.visits import SECONDS, asked, captions, deltas, opened, session_of, words

pytestmark = pytest.mark.usefixtures("fresh")


def shown_errors(request: WordRequest) -> str:
    app = opened("app.py", request)
    assert not app.exception
    return "\n".join(error.value for error in app.error).replace("\\", "")


def test_core_errors_are_shown_in_words() -> None:
    assert "There is no model “/no/such/model”" in shown_errors(WordRequest(model="/no/such/model"))


def analysing(monkeypatch: pytest.MonkeyPatch, analyse: Any) -> None:
    """Another way to analyse words."""

    def kind_of(request: Request) -> Kind:
        return replace(kinds.kind_of(request), analyse=analyse)

    monkeypatch.setattr(results, "kind_of", kind_of)


@pytest.mark.parametrize(
    ("error", "clue"), [(MemoryError(), "too little free memory"), (RuntimeError("deep"), "Something went wrong")]
)
def test_unexpected_errors_are_shown_without_details(
    monkeypatch: pytest.MonkeyPatch, error: Exception, clue: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    analysing(monkeypatch, fail)
    shown = shown_errors(words())
    assert clue in shown
    assert "deep" not in shown


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


def test_a_folder_whose_weights_change_gives_new_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "changing"
    shutil.copytree(llama_folder(), folder)
    app = opened("pages/across_layers.py", words(folder=folder))
    before = deltas(app)
    assert deltas(app.run()) == before
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    save_file({name: 1.5 * weight for name, weight in weights.items()}, folder / "model.safetensors", {"format": "pt"})
    after = deltas(app.run())
    assert after != before
    assert "last result" not in captions(app)


def test_the_last_result_stays_while_a_new_one_is_made(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "LAST_SECONDS", 0.0)
    monkeypatch.setattr(waiting, "BAR_SECONDS", 0.0)
    gate.open()
    app = opened("pages/across_layers.py", words())
    before = deltas(app)
    gate.close()
    with monkeypatch.context() as patch:
        patch.setattr(results, "watch", lambda: None)  # a page that is looked at before its script has ended
        asked(app, words("Another {word}"))
        assert not app.exception
        assert deltas(app) == before
        assert "Below is still the last result, until this one is done." in captions(app)
        assert len(app.get("progress")) == 1
    gate.open()
    app.run()  # stays until the new one is done, and shows it
    assert deltas(app) != before
    assert "last result" not in captions(app)
    assert not app.get("progress")


def test_nothing_of_the_waiting_stays_when_the_work_is_done(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """In bfloat16, where a note takes the place of the bar: at once, and after a last result was shown meanwhile."""
    monkeypatch.setattr(waiting, "BUTTON_SECONDS", 0.0)
    monkeypatch.setattr(results, "LAST_SECONDS", 0.0)
    app = None
    for template in ("The {word}", "Another {word}"):
        gate.close()
        threading.Timer(1.0, gate.open).start()
        request = replace(words(template), precision="bfloat16")
        app = asked(app, request) if app else opened("pages/across_layers.py", request)
        assert not app.exception
        assert "ran in bfloat16" in captions(app)
        assert "last result" not in captions(app)
        assert not app.get("progress")
        assert "Stop" not in [button.label for button in app.button]


def test_an_error_of_a_run_that_took_long_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pages/across_layers.py", words())
    before = deltas(app)
    monkeypatch.setattr(results, "LAST_SECONDS", 0.0)
    calls: list[Request] = []

    def fail_late(request: Request, run: Any) -> None:
        calls.append(request)
        threading.Event().wait(0.5)
        raise MemoryError

    analysing(monkeypatch, fail_late)
    asked(app, words("Another {word}"))
    assert not app.exception
    assert "too little free memory" in app.error[0].value
    assert len(calls) == 1
    assert "Below is still the last result." in captions(app)
    assert deltas(app) == before


def test_an_error_at_once_leaves_the_last_result_on_the_page() -> None:
    app = opened("pages/across_layers.py", words())
    before = deltas(app)
    asked(app, WordRequest(model="/no/such/model"))
    assert "There is no model “/no/such/model”" in app.error[0].value.replace("\\", "")
    assert "Below is still the last result." in captions(app)
    assert deltas(app) == before
    asked(app, words())
    assert not app.error
    assert "last result" not in captions(app)


def test_after_a_stop_the_last_result_stays_and_the_work_can_go_on(gate: Gate) -> None:
    gate.open()
    app = opened("pages/across_layers.py", words())
    before = deltas(app)
    stopped = words("Another {word}")
    app.session_state["stopped"] = (stopped, 12, 34)
    asked(app, stopped)
    assert "Stopped after 12 of 34 prompts. What was finished is kept." in app.info[0].value.replace("\\", "")
    assert "Below is still the last result." in captions(app)
    assert deltas(app) == before
    next(button for button in app.button if button.label == "Go on").click().run()
    assert deltas(app) != before
    assert not app.info


@pytest.mark.parametrize(
    ("at", "text"),
    [((0, 0), "Stopped."), ((0, 9), "Stopped after 0 of 9 prompts. Nothing was finished yet.")],
)
def test_nothing_is_said_to_be_kept_where_nothing_is(at: tuple[int, int], text: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = session_of(words())
    app.session_state["stopped"] = (words(), *at)
    app.run()
    assert app.info[0].value.replace("\\", "") == text
    assert not charts(app)  # there is no last result


def test_every_page_with_an_analysis_stays_with_it_at_its_end() -> None:
    pages = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
    with_analysis = [page for page in pages if "results.analysis(" in page.read_text(encoding="utf-8")]
    assert len(with_analysis) == 11
    for page in with_analysis:
        body = ast.parse(page.read_text(encoding="utf-8")).body
        assert ast.unparse(body[-1]) == "results.watch()", page.name
        for statement in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            lines = [ast.unparse(each) for each in getattr(statement, "body", []) if isinstance(each, ast.stmt)]
            for before, line in pairwise(lines):
                assert line != "st.stop()" or before == "results.watch()", page.name


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


@pytest.mark.parametrize(
    ("exc", "clue"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/cache/a.npz"), "The disk is full, where /cache/a.npz"),
        (PermissionError(errno.EACCES, "Permission denied", "/cache/a.npz"), "/cache/a.npz may not be read or written"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many files are open"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "The connection failed."),
        (MemoryError(), "The machine has too little free memory"),
        (ValueError("secret"), "Something went wrong inside catsel"),
    ],
)
def test_a_refusal_of_the_system_has_its_sentence(exc: Exception, clue: str) -> None:
    assert results.reason(exc, "a request").startswith(clue)
