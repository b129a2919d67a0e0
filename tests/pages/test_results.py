"""The dashboard's way to the core: errors in words, the last result meanwhile, and nobody stands in another's way."""

import ast
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses import kinds
from catsel_core.analyses.kinds import KINDS, Kind, Request
from catsel_core.analyses.words import WordAnalysis, WordRequest
from catsel_core.hidden_states import packing
from catsel_core.inputs.presets import BOOK
from pages.ui.work import desk, results
from pages.ui.work.cache import MEMORY
from tests.support.gate import Gate
from tests.support.pages import charts
from tests.support.tiny import llama_folder
from tests.support.visits import ROOT, SECONDS, asked, captions, contexts, deltas, opened, session_of, words

pytestmark = pytest.mark.usefixtures("fresh")


# Errors


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


# Several visitors


def test_every_kind_of_analysis_is_served() -> None:
    assert [kind.name for kind in KINDS] == ["words", "contexts", "sentences", "side by side"]
    assert {kind.request for kind in KINDS} == set(Request.__args__)


def test_twenty_visitors_with_one_request_cause_one_run(gate: Gate) -> None:
    together = threading.Barrier(20)

    def visit(_: int) -> Any:
        together.wait(SECONDS)
        job = results.DESK.job(words())
        with job.watched():
            return job.future.result(SECONDS)

    with ThreadPoolExecutor(20) as pool:
        found = pool.map(visit, range(20))
        gate.wait_for_chunk()
        gate.open()
        assert len({id(each) for each in found}) == 1
    assert len(gate.seen) == 1


def test_a_stored_result_appears_while_long_runs_hold_the_model_and_wait_for_it(gate: Gate) -> None:
    gate.open()
    stored = opened("pages/one_layer.py", words())
    assert charts(stored)
    MEMORY.clear()
    gate.close()
    with ExitStack() as stay:
        long = [results.DESK.job(contexts(word)) for word in ("moon", "star", "lamp")]
        waits = [results.DESK.job(words(f"{number} {{word}}")) for number in range(2 * desk.WORKERS)]
        for job in (*long, *waits):
            stay.enter_context(job.watched())
        gate.wait_for_chunk()
        again = opened("pages/one_layer.py", words())
        assert not again.exception
        assert not again.error
        assert charts(again)["similarity-matrix"]["readings"] == charts(stored)["similarity-matrix"]["readings"]
        assert len(gate.seen) == 1  # the model has been held all the time
        assert not any(job.future.done() for job in (*long, *waits))
        gate.open()
        for job in (*long, *waits):
            assert job.future.result(SECONDS)


def test_a_new_list_waits_for_one_chunk_of_every_other_run_at_most(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 96)
    with ExitStack() as stay:
        long = [results.DESK.job(contexts(word)) for word in ("moon", "lamp")]
        for job in long:
            stay.enter_context(job.watched())
        for _ in range(5):  # both are well under way
            gate.wait_for_chunk()
            gate.let_one_go()
        gate.wait_for_chunk()
        before = len(gate.seen)
        monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 1024)
        new = results.DESK.job(words("A new list of {word}"))
        stay.enter_context(new.watched())
        while new.message != desk.IN_LINE:
            pass
        gate.open()
        assert isinstance(new.future.result(SECONDS), WordAnalysis)
        assert len(list(BOOK.words.labelled_words())) == 34
        for job in long:
            job.future.result(SECONDS)
    after = gate.seen[before:]
    at = [index for index, text in enumerate(after) if text.startswith("A new list of")]
    assert len(at) == 1
    assert at[0] <= 2
    assert len(after) > 10


def test_a_stop_while_a_turn_is_waited_for_ends_the_job_and_frees_the_next(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = results.DESK.job(words("held {word}"))
    with holding.watched():
        gate.wait_for_chunk()
        waits = results.DESK.job(words("waits {word}"))
        with waits.watched():
            while waits.message != desk.IN_LINE:
                pass
        waits.end_unless_watched()
        with pytest.raises(desk.StoppedError):
            waits.future.result(SECONDS)
        gate.open()
        holding.future.result(SECONDS)
    assert [text.split()[0] for text in gate.seen] == ["held"]


def test_the_stop_of_one_visitor_leaves_the_work_of_another(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 96)
    job = results.DESK.job(contexts("moon"))
    with job.watched():  # b
        with job.watched():  # a
            gate.wait_for_chunk()
        job.end_unless_watched()  # a has pressed Stop
        gate.open()
        job.future.result(SECONDS)
    assert len(gate.seen) > 5


def test_what_a_stopped_run_has_finished_is_kept(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 96)
    job = results.DESK.job(words("A rather long prompt for the sake of this test, in which {word} stands"))
    with job.watched():
        for _ in range(3):
            gate.wait_for_chunk()
            gate.let_one_go()
        gate.wait_for_chunk()
    job.end_unless_watched()
    gate.let_one_go()
    with pytest.raises(desk.StoppedError):
        job.future.result(SECONDS)
    assert 0 < job.done < job.total == 34
    begun = len(gate.seen)
    gate.open()
    again = results.DESK.job(words("A rather long prompt for the sake of this test, in which {word} stands"))
    with again.watched():
        again.future.result(SECONDS)
    assert len(set(gate.seen)) == len(gate.seen) > begun  # no chunk ran twice


# What a visitor sees


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


def test_an_error_of_a_run_that_took_long_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("pages/across_layers.py", words())
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
    [((0, 0), "Stopped before the model began."), ((0, 9), "Stopped after 0 of 9 prompts. Nothing was finished yet.")],
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
    assert len(with_analysis) == 8
    for page in with_analysis:
        body = ast.parse(page.read_text(encoding="utf-8")).body
        assert ast.unparse(body[-1]) == "results.watch()", page.name
        for statement in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            lines = [ast.unparse(each) for each in getattr(statement, "body", []) if isinstance(each, ast.stmt)]
            for before, line in pairwise(lines):
                assert line != "st.stop()" or before == "results.watch()", page.name


# Memory
