"""A model in two precisions counts as one."""

import threading

import pytest

from catsel_core.errors import ModelError
from catsel_core.hidden_states.model_cache import ModelCache
from tests.support.models_in_memory import A_SHORT, VARIABLE, A, B, C, Reader, held

pytestmark = pytest.mark.usefixtures("thawed")


def test_precisions_of_a_model_count_as_one_and_go_together(reader: Reader) -> None:
    made = ModelCache(reader)
    pair = [made.load(each) for each in (A_SHORT, A)]
    assert [made.load(each) for each in (A_SHORT, A)] == pair
    assert (reader.names, held(made)) == (["a bfloat16", "a"], 1)
    del pair
    made.load(B)
    assert reader.order[-1] == ("b", ())
    made.load(A)
    assert reader.order[-1] == ("a", ())


def test_precisions_of_a_model_count_as_one_where_two_may_stay(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2")
    made = ModelCache(reader)
    for each in (A, B, A_SHORT):
        made.load(each)
    assert (reader.alive(), held(made)) == (("a", "b", "a bfloat16"), 2)
    made.load(C)  # the model a was used last
    assert reader.order[-1] == ("c", ("a", "a bfloat16"))


def test_precisions_that_do_not_fit_together_take_turns(reader: Reader) -> None:
    reader.most = 1
    made = ModelCache(reader)
    for each in (A_SHORT, A, A_SHORT):
        made.load(each)
    assert reader.order == [("a bfloat16", ()), ("a", ()), ("a bfloat16", ())]
    reader.fails = {"a"}
    with pytest.raises(ModelError, match="a is damaged"):
        made.load(A)
    reader.fails = set()
    made.load(A)
    assert reader.alive() == ("a",)


def test_a_pass_in_either_precision_ends_before_the_model_goes(reader: Reader) -> None:
    for busy in (A, A_SHORT):
        made = ModelCache(reader)
        for each in (A, A_SHORT):
            made.load(each)
        passes = made.load(busy).passes
        with passes.one():
            other = threading.Thread(target=made.load, args=(B,))
            other.start()
            other.join(0.2)
            assert other.is_alive()
            assert reader.alive()[-1] != "b"
        other.join(10)
        assert reader.order[-1] == ("b", ())
        reader.weights.clear()
