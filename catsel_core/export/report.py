"""A report: one HTML file of a session and its analyses that is read offline, moves with the layer, and prints.

Nothing in it is fetched, and its Content-Security-Policy says so to the browser: plotly.js and the scripts of the pages
are inside, type is the reader's own, formulas are MathML. The session is inside as JSON.
"""

import base64
import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from catsel_core.analyses.contexts import ContextAnalysis
from catsel_core.analyses.kinds import Analysis, kind_of
from catsel_core.export.citation import BOOK, VERSION, model_line, tool_line
from catsel_core.export.explained import explained
from catsel_core.export.report_sections import section
from catsel_core.export.session_file import to_json
from catsel_core.figures.about import about
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import spoken, tr
from catsel_core.session import Session
from catsel_core.viewer.markup import chart_html, neighbours_html, slider_html
from catsel_core.viewer.scripts import source
from catsel_core.viewer.whole_page import page_script, plotly_script

_PACKAGES = ("torch", "transformers", "numpy", "plotly")


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of.

    own: the own texts that the session names.
    analyses: finished ones of requests of this session, in the order of the report.
    made: the day, as it is printed.
    layer: index of the hidden state that it opens with; the session's own if not given.
    """

    session: Session
    own: OwnTexts
    analyses: tuple[Analysis, ...]
    made: str
    layer: int | None = None

    @property
    def name(self) -> str:
        """A part of a file's name that tells what it is about."""
        return about(self.analyses[0]).file_name


def today() -> str:
    """The day, for a report that is made now."""
    return datetime.now().astimezone().date().isoformat()


def report_html(report: Report) -> str:
    """The whole file in the language that is spoken; the same report is the same text, to the letter."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    scripts = plotly_script(), page_script("report")
    layer = report.session.view.layer if report.layer is None else report.layer
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    html = environment.get_template("report.html").render(
        report=report,
        saved_name=f"{report.name or 'session'}.catsel.json",
        layer="" if layer is None else layer,
        sections=[section(analysis, report.session) for analysis in report.analyses],
        session=json.loads(to_json(report.session, report.own)),
        versions=_versions(),
        citations=_citations(report.analyses),
        policy=_policy(scripts),
        scripts=scripts,
        style=source("catsel.css") + source("report.css"),
        markup={"chart": chart_html(), "neighbours": neighbours_html(), "slider": slider_html()},
        said=_said(report),
        language=spoken(),
        explained=explained,
    )
    return f"{html.strip()}\n"


def _said(report: Report) -> dict[str, str]:
    """Words of the template, by the names that it has for them."""
    return {
        "report": tr("Report"),
        "heading": tr("How a language model tells words apart"),
        "what": tr(
            "A report made with catsel on {day}. Move a layer slider, and all figures follow; every figure says below "
            "it what its numbers say. Nothing here needs a network.",
            day=report.made,
        ),
        "no_script": tr(
            "The figures need JavaScript, which is switched off in this browser. Tables and settings are below."
        ),
        "explained": tr("How is this computed?"),
        "settings": tr("What was computed"),
        "cite": tr("How to cite"),
        "again": tr("To make it again"),
        "session": tr(
            "The session is inside this file: all that was chosen, with the text that was searched if it is not one "
            "that comes along with catsel. catsel opens it on its page <em>Save and share</em>, and so do its commands."
        ),
        "save": tr("Save the session"),
    }


def _policy(scripts: Sequence[str]) -> str:
    """Runs these scripts and nothing else, and fetches nothing; plotly sets styles, and pictures are made inside."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in _PACKAGES}
    return {"catsel": VERSION, "Python": platform.python_version(), **packages}


def _citations(analyses: Sequence[Analysis]) -> list[str]:
    models = [each.model for one in analyses for each in kind_of(one.request).represented(one)]
    texts = [tr("Text: {name}.", name=one.request.text.title) for one in analyses if isinstance(one, ContextAnalysis)]
    return [tool_line(), BOOK.line, *dict.fromkeys(map(model_line, models)), *texts]
