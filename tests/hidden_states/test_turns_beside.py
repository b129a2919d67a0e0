"""A new run goes beside the chunk that is under way, where both use the same model."""

from dataclasses import replace

import pytest

from catsel_core.hidden_states.turns import STAY_TURNS
from tests.support.hall import A, B, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_new_run_goes_beside_the_chunk_that_is_under_way(hall: Hall) -> None:
    hall.run("long", A, 9)
    hall.wait_for_turn()
    hall.run("new", A, 1)
    hall.wait_for_turn()
    hall.run("newer", A, 1)
    assert hall.settled() == ["long", "new"]  # two at once, not three
    hall.let("new")
    hall.wait_for_turn()
    assert hall.order == ["long", "new", "newer"]  # the long one has not moved
    hall.let("newer")
    hall.run("other", B, 1)
    hall.run("short", replace(A, precision="bfloat16"), 1)
    assert hall.settled() == ["long", "new", "newer"]  # the model is not driven out under the long one's hands
    assert hall.finish().index("other") == STAY_TURNS


def test_a_second_chunk_goes_beside_nothing(hall: Hall) -> None:
    hall.run("long", A, 2)
    hall.wait_for_turn()
    hall.run("two", A, 2)
    hall.wait_for_turn()
    hall.let("two")
    assert hall.settled() == ["long", "two"]
    assert hall.finish() == ["long", "two", "two", "long"]


def test_a_model_stays_until_what_goes_on_beside_has_ended(hall: Hall) -> None:
    hall.run("a", A, 1)
    hall.wait_for_turn()
    hall.run("beside", A, 1)
    hall.wait_for_turn()
    hall.run("b", B, 1)
    hall.let("a")
    assert hall.settled() == ["a", "beside"]
    hall.let("beside")
    hall.wait_for_turn()
    assert hall.finish() == ["a", "beside", "b"]


def test_new_runs_with_the_model_in_memory_do_not_make_its_stay_longer(hall: Hall) -> None:
    hall.run("a", A, STAY_TURNS + 1)
    hall.let("a", STAY_TURNS - 1)
    assert len(hall.settled()) == STAY_TURNS
    hall.run("b", B, 1)
    hall.run("new", A, 1)
    assert len(hall.settled()) == STAY_TURNS  # not beside: b's time has come
    assert hall.finish()[STAY_TURNS] == "b"
