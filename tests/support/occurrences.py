"""A made-up text, words searched in it, and a naive search to compare with."""

import random
from typing import Any

from catsel_core.inputs.corpus import Corpus, corpus_of
from catsel_core.inputs.occurrences import Occurrences, WindowChoice, find_targets
from catsel_core.inputs.texts import pasted_text
from tests.support.tiny import SEVERAL, SINGLE, gpt2_folder, llama_folder, tokenizer

FOLDERS = {"llama": llama_folder, "gpt2": gpt2_folder}
STORY = " ".join(random.Random(3).choices([*SINGLE, *SEVERAL, "apples,", "the", "“café”", "😀"], k=400))
TARGETS = ("apple", "asteroid", "ice cream", "übergroß", "moon")


def corpus(content: str, name: str = "llama") -> Corpus:
    return corpus_of(pasted_text(content), tokenizer(FOLDERS[name]()))


def find(content: str, *targets: str, name: str = "llama", **choice: Any) -> tuple[Occurrences, ...]:
    chosen = WindowChoice(**{"window": 5, **choice})
    return find_targets(corpus(content, name), targets, chosen, tokenizer(FOLDERS[name]()))


def naive_places(text: Corpus, written: str) -> list[tuple[int, int]]:
    """First and last token of every place where ``written`` stands behind a space, character by character."""
    places = []
    for start in range(1, len(text.text.content)):
        if text.text.content.startswith(f" {written}", start - 1):
            stop = start + len(written)
            touching = [
                at for at in range(text.n_tokens) if text.tokens.starts[at] < stop and text.tokens.stops[at] > start
            ]
            places.append((touching[0], touching[-1]))
    return places


def places_of(found: Occurrences) -> list[tuple[int, int]]:
    return list(zip(found.firsts.tolist(), found.lasts.tolist(), strict=True))


FORMS = "I like it.\r\nice cream is ice cream\r\nIce cream, Ice cream “ice cream” Ice cream"
