"""Reports to read, with markup in all that is typed, and their parts, found by Python's own HTML reader."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from catsel_core.analyses.kinds import Analysis, kind_of
from catsel_core.export.parts import Part, request_of
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.run import run_of
from catsel_core.inputs.sentences import Sentence
from catsel_core.inputs.text_references import OwnText
from catsel_core.inputs.texts import pasted_text
from catsel_core.inputs.word_lists import make_word_list
from catsel_core.session import ModelChoice, SentencesChoice, Session, SideChoice, first_session
from tests.support.tiny import llama_folder

FETCHED_BY = {
    "src",
    "href",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "manifest",
    "cite",
}
"""Attributes whose addresses a browser may fetch."""


class ReadReport(HTMLParser):
    """What is in a report.

    tags: names of all elements.
    attributes: (name, value) of all of them.
    scripts: (attributes, text) of every script.
    styles: texts of style sheets.
    text: what is read, tag by tag, outside scripts and style sheets.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.text: list[str] = []
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag in ("script", "style"):
            self._inside = tag, dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            self.text.append(data)
            return
        tag, attributes = self._inside
        if tag == "style":
            self.styles.append(data)
        elif self.scripts and self.scripts[-1][0] is attributes:
            self.scripts[-1] = (attributes, self.scripts[-1][1] + data)
        else:
            self.scripts.append((attributes, data))

    @property
    def session(self) -> Any:
        """The session inside, as plain values."""
        return next(json.loads(text) for attributes, text in self.scripts if attributes.get("id") == "session")

    @property
    def charts(self) -> dict[str, Any]:
        """What every chart is given, by its name."""
        given = [json.loads(text) for attributes, text in self.scripts if attributes.get("type") == "application/json"]
        return {data["name"]: data for data in given if "spec" in data}


HOSTILE = "</script><img/src=https://example.org/x>", "<!--<script>", "{{7*7}}&lt", "*apple*"
STORY = pasted_text(f"The moon and the star {HOSTILE[0]} and the apple {HOSTILE[1]} and the moon. " * 12)
TEXT = replace(STORY, name="<i>Story</i>")


def hostile_session() -> Session:
    """Markup in everything that is typed."""
    first = first_session()
    words = make_word_list(
        [("<b>fruit</b>", ["apple", "pear", *HOSTILE[:2]]), ("sky &", ["moon", "star", *HOSTILE[2:]])]
    )
    text = replace(first.contexts, text=OwnText(TEXT.digest, TEXT.name), targets=("moon", "star"))
    sentences = tuple(
        Sentence(f"moon/<u>{sense}", f"{start} {HOSTILE[0]} the moon", "moon")
        for sense in ("a", "b")
        for start in ("I like", "She saw")
    )
    return replace(
        first,
        model=ModelChoice(str(llama_folder())),
        words=replace(first.words, words=words, template=f"{HOSTILE[1]} {{word}}"),
        contexts=replace(text, windows=replace(text.windows, window=5)),
        sentences=SentencesChoice(sentences),
        side_b=SideChoice(template="<s>The {word}"),
    )


SESSION, OWN = hostile_session(), {TEXT.digest: TEXT}


def analysed(kind: Part, session: Session = SESSION) -> Analysis:
    request = request_of(kind, session, OWN)
    found: Analysis = kind_of(request).analyse(request, run_of(None, model_cache.load, None, None))
    return found
