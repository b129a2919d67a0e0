"""Pages run by Streamlit's own test harness, and what stands on them."""

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from catsel_core.analyses.words import WordRequest
from catsel_core.session import Session

ROOT = Path(__file__).resolve().parents[2]


def start() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def open_page(page: str) -> AppTest:
    return start().switch_page(page).run()


def charts(app: AppTest) -> dict[str, dict[str, Any]]:
    """Data of every chart on the page, by name."""
    found: dict[str, dict[str, Any]] = {}

    def visit(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            if child.type == "bidi_component":
                [data] = json.loads(child.proto.json)
                if "spec" in data:
                    found[data["name"]] = data
            visit(child)

    visit(app._tree)
    return found


def draft_area(app: AppTest, category: str) -> Any:
    return next(area for area in app.text_area if area.label == f"Words of {category}")


def errors(app: AppTest) -> str:
    """Error texts as read on the page: their Markdown is escaped."""
    return "\n".join(error.value for error in app.error).replace("\\", "")


def session_of(app: AppTest) -> Session:
    """What the visitor has chosen."""
    session: Session = app.session_state["session"]
    return session


def request_of(app: AppTest) -> WordRequest:
    """What every page of words asks for."""
    return session_of(app).word_request()
