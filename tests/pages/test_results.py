"""The dashboard's way to the core: shared work, errors in words, no torch for what is stored."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import WordRequest
from catsel_core.session import ModelChoice, WordsChoice, first_session
from pages.ui.work import jobs, results
from tests.support.interpreter import python

ROOT = Path(__file__).resolve().parents[2]


def test_equal_requests_share_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    started, finish, calls = threading.Event(), threading.Event(), []

    def slow(request: WordRequest, **_: object) -> str:
        calls.append(request)
        started.set()
        finish.wait(10)
        return "done"

    monkeypatch.setattr(results, "analyse_words", slow)
    desk = jobs.Desk(results.work)
    first = desk.job(WordRequest())
    assert started.wait(10)
    others = [desk.job(WordRequest()) for _ in range(5)]
    finish.set()
    assert {str(job.future.result(10)) for job in (first, *others)} == {"done"}
    assert len(calls) == 1
    assert str(desk.job(WordRequest()).future.result(10)) == "done"
    assert len(calls) == 2


def shown_errors(request: WordRequest) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    chosen = WordsChoice(request.words, request.template, request.pooling, request.measure)
    app.session_state["session"] = replace(first_session(), words=chosen, model=ModelChoice(request.model))
    app.run()
    assert not app.exception
    return "\n".join(error.value for error in app.error).replace("\\", "")


def test_core_errors_are_shown_in_words() -> None:
    assert "There is no model “/no/such/model”" in shown_errors(WordRequest(model="/no/such/model"))


@pytest.mark.parametrize(
    ("error", "clue"), [(MemoryError(), "too little free memory"), (RuntimeError("deep"), "Something went wrong")]
)
def test_unexpected_errors_are_shown_without_details(
    monkeypatch: pytest.MonkeyPatch, error: Exception, clue: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(results, "analyse_words", fail)
    shown = shown_errors(WordRequest(template="unseen {word}"))
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


def test_work_that_nobody_waits_for_ends_after_a_while_and_waiting_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.2)
    job = jobs.Job()
    job.tell(1, 3)
    job.come()
    time.sleep(0.3)
    job.tell(2, 3)
    job.leave()
    job.tell(2, 3)
    time.sleep(0.3)
    with pytest.raises(jobs.StoppedError):
        job.tell(2, 3)
    job.tell(3, 3)  # what is finished is not thrown away


def test_stopping_ends_work_only_if_nobody_else_waits() -> None:
    job = jobs.Job()
    job.come()
    job.come()
    job.stopped = True
    job.leave()
    job.tell(1, 3)
    job.leave()
    with pytest.raises(jobs.StoppedError):
        job.tell(1, 3)


def test_work_whose_visitor_left_before_it_began_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.1)
    finish, calls = threading.Event(), []

    def slow(request: WordRequest, **_: object) -> str:
        calls.append(request)
        finish.wait(10)
        return "done"

    monkeypatch.setattr(results, "analyse_words", slow)
    desk = jobs.Desk(results.work)
    busy = [desk.job(WordRequest(template=f"{number} {{word}}")) for number in range(jobs.WORKERS)]
    late = desk.job(WordRequest(template="late {word}"))
    time.sleep(0.3)
    finish.set()
    for job in busy:
        job.future.result(10)
    with pytest.raises(jobs.StoppedError):
        late.future.result(10)
    assert len(calls) == jobs.WORKERS


def test_a_few_finished_results_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "analyse_words", lambda request, **_: f"done {request.template}")
    desk = jobs.Desk(results.work)
    requests = [WordRequest(template=f"{number} {{word}}") for number in range(jobs.KEPT + 2)]
    for request in requests:
        desk.job(request).future.result(10)
    kept = [request for request in requests if desk.finished(request)]
    assert kept == requests[-jobs.KEPT :]
