"""A text in tokens: all of it, and nothing else."""

import pytest

from tests.support.occurrences import FOLDERS, STORY, corpus
from tests.support.tiny import tokenizer


@pytest.mark.parametrize("name", FOLDERS)
def test_a_text_in_tokens_is_the_text_without_what_opens_a_prompt(name: str) -> None:
    made, tokens = corpus(STORY, name), tokenizer(FOLDERS[name]())
    (encoding,) = tokens.encode([STORY])
    assert (*tokens.opening, *made.tokens.ids.tolist()) == encoding.ids
    assert tokens.opening == ((0,) if name == "gpt2" else ())
    assert (made.n_tokens, made.n_unique) == (len(made.tokens.ids), len(set(made.tokens.ids.tolist())))
    assert made.between(0, made.n_tokens) == STORY
    assert made.between(3, 3) == ""
    assert not any(array.flags.writeable for array in (made.tokens.ids, made.tokens.starts, made.tokens.stops))
