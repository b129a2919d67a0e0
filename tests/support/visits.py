"""Visitors of pages that are served by a tiny model, and what they ask for."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from catsel_core.analyses.contexts import ContextRequest
from catsel_core.analyses.words import WordRequest
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.texts import pasted_text
from catsel_core.session import ModelChoice, Session, WordsChoice, first_session
from tests.support.pages import ROOT, charts
from tests.support.tiny import SINGLE, llama_folder

SECONDS = 60
"""Longest wait for anything."""

STORY = pasted_text(" ".join(random.Random(5).choices([*SINGLE, "the"], k=700)))


def words(template: str = "The {word}", folder: Path | None = None) -> WordRequest:
    return WordRequest(template=template, model=str(folder or llama_folder()))


def contexts(target: str) -> ContextRequest:
    """Many chunks of a few windows each, where passes are small."""
    return ContextRequest(STORY, (target,), WindowChoice(10, None), model=str(llama_folder()))


def session_of(request: WordRequest) -> Session:
    chosen = WordsChoice(request.words, request.template, request.pooling, request.measure, request.basis)
    return replace(first_session(), words=chosen, model=ModelChoice(request.model, request.precision))


def opened(page: str, request: WordRequest) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.session_state["session"] = session_of(request)
    if page != "app.py":
        app.switch_page(page)
    return app.run()


def asked(app: AppTest, request: WordRequest) -> AppTest:
    app.session_state["session"] = session_of(request)
    return app.run()


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def deltas(app: AppTest) -> Any:
    return charts(app)["delta-profile"]["readings"]


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that other threads bring about."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
