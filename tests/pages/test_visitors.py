"""Several visitors at once: work is shared, nobody stands in another's way, and each stops for himself."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
import streamlit as st

from catsel_core.analyses.kinds import KINDS, Request
from catsel_core.analyses.words import WordAnalysis
from catsel_core.hidden_states import packing
from catsel_core.inputs.presets import BOOK
from catsel_core.settings import current_settings
from pages.ui.work import desk, results, waiting
from pages.ui.work.cache import MEMORY
from tests.support.gate import Gate
from tests.support.pages import charts
from tests.support.visits import SECONDS, contexts, opened, until, words

pytestmark = pytest.mark.usefixtures("fresh")


def test_every_kind_of_analysis_is_served() -> None:
    assert [kind.name for kind in KINDS] == ["words", "prompts", "contexts", "sentences", "side by side"]
    assert {kind.request for kind in KINDS} == set(Request.__args__)


def test_twenty_visitors_with_one_request_cause_one_run(gate: Gate) -> None:
    request, together, all_have_it = words(), threading.Barrier(20), threading.Barrier(21)

    def visit(_: int) -> Any:
        together.wait(SECONDS)
        job = results.DESK.job(request)
        all_have_it.wait(SECONDS)
        with job.watched():
            return job.future.result(SECONDS)

    with ThreadPoolExecutor(20) as pool:
        found = pool.map(visit, range(20))
        all_have_it.wait(SECONDS)
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
        waits = [results.DESK.job(words(f"{number} {{word}}")) for number in range(2 * current_settings().jobs)]
        for job in (*long, *waits):
            stay.enter_context(job.watched())
        gate.wait_for_chunk()
        gate.wait_for_chunk()  # a first one beside the other
        again = opened("pages/one_layer.py", words())
        assert not again.exception
        assert not again.error
        assert charts(again)["similarity-matrix"]["readings"] == charts(stored)["similarity-matrix"]["readings"]
        assert len(gate.seen) == 2  # the model has been held all the time
        assert not any(job.future.done() for job in (*long, *waits))
        gate.open()
        for job in (*long, *waits):
            assert job.future.result(SECONDS)


def test_a_new_list_has_its_figure_while_long_runs_have_the_model(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 96)
    with ExitStack() as stay:
        long = [results.DESK.job(contexts(word)) for word in ("moon", "lamp")]
        for job in long:
            stay.enter_context(job.watched())
        for _ in range(5):  # both are well under way
            gate.wait_for_chunk()
            gate.let_one_go()
        gate.wait_for_chunk()
        until(lambda: long[0].message == desk.IN_LINE or long[1].message == desk.IN_LINE)
        before = list(gate.seen)
        monkeypatch.setattr(packing, "MAX_BATCH_TOKENS", 1024)
        gate.free = ("A new list of",)
        new = results.DESK.job(words("A new list of {word}"))
        stay.enter_context(new.watched())
        assert isinstance(new.future.result(SECONDS), WordAnalysis)
        assert len(list(BOOK.words.labelled_words())) == 34
        assert [text.startswith(gate.free) for text in gate.seen[len(before) :]] == [True]
        assert not any(job.future.done() for job in long)
        gate.open()
        for job in long:
            job.future.result(SECONDS)
    assert len(gate.seen) > len(before) + 10


def test_a_stop_while_a_turn_is_waited_for_ends_the_job_and_frees_the_next(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding, beside = (results.DESK.job(words(f"{name} {{word}}")) for name in ("held", "beside"))
    with holding.watched(), beside.watched():
        gate.wait_for_chunk()
        gate.wait_for_chunk()
        waits = results.DESK.job(words("waits {word}"))
        with waits.watched():
            until(lambda: waits.message == desk.IN_LINE)
        waits.end_unless_watched()
        with pytest.raises(desk.StoppedError):
            waits.future.result(SECONDS)
        gate.open()
        for job in (holding, beside):
            job.future.result(SECONDS)
    assert sorted(text.split()[0] for text in gate.seen) == ["beside", "held"]


def test_a_stop_that_is_pressed_before_the_visitor_has_left_ends_the_job_too(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a browser the button's callback runs while the script that shows it still waits."""
    monkeypatch.setattr(st, "session_state", {})
    request = words("pressed {word}")

    class LeftError(Exception):
        """What ends a script."""

    class Pressed(waiting.ProgressArea):
        def show(self, job: desk.Job) -> None:
            gate.wait_for_chunk()
            waiting._stop(self.desk, self.request)
            raise LeftError

    with pytest.raises(LeftError):
        waiting.wait(Pressed(st.empty(), results.DESK, request, "{} of {}".format))
    job = results.DESK.running(request)
    assert job is not None
    with pytest.raises(desk.StoppedError):
        job.check()
    gate.open()


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
