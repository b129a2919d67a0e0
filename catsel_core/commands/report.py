"""``report``: a session and its results as one HTML file that is read offline."""

import argparse

from catsel_core.analyses.kinds import Analysis, Request, kind_of
from catsel_core.commands.sessions import add_session, chosen_session
from catsel_core.commands.shared import add_out, present_model, progress_bar, say, write_text
from catsel_core.errors import InputError
from catsel_core.export.parts import PARTS, Part, request_of
from catsel_core.export.report import Report, report_html, today
from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.run import run_of
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.models.spec import layer_labels
from catsel_core.session import Session, first_session


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    command.add_argument("--of", nargs="+", default=["words"], choices=PARTS, help="what is in it (default: words)")
    command.add_argument(
        "--layer", metavar="L", help="that it opens with: Emb, L3 or a number from 0 (default: the session's own)"
    )
    add_session(command)
    add_out(command, "HTML")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Analyse all that is asked for, and write."""
    kinds = list(dict.fromkeys(options.of))
    session, own = _session(options, kinds)
    analyses = tuple(_analysed(request_of(kind, session, own)) for kind in kinds)
    layer = None if options.layer is None else _layer(options.layer, analyses[0])
    write_text(report_html(Report(session, own, analyses, today(), layer)), options.out)


def _session(options: argparse.Namespace, kinds: list[Part]) -> tuple[Session, OwnTexts]:
    """The session that was named or the one that everybody begins with, and its models on this computer."""
    sides = "compare" in kinds
    saved = chosen_session(options, ("out", "of", "layer"), sides=sides) or (first_session(), {})
    if not sides or len(kinds) > 1:
        present_model(saved[0].model.reference)
    return saved


def _analysed(request: Request) -> Analysis:
    kind = kind_of(request)
    with progress_bar(f" {kind.unit}") as progress:
        found: Analysis = kind.analyse(request, run_of(None, model_cache.load, progress, say))
    return found


def _layer(asked: str, analysis: Analysis) -> int:
    """Index of the hidden state that is asked for by its label or by its number.

    Raises:
        InputError: if the model has none.
    """
    model = kind_of(analysis.request).represented(analysis)[0].model
    labels = layer_labels(model.n_blocks + 1)
    numbers = [str(index) for index in range(len(labels))]
    for names in (labels, numbers):
        if asked in names:
            return names.index(asked)
    raise InputError(f"--layer must be Emb, L0 to {labels[-1]}, or a number from 0 to {numbers[-1]}; got {asked}.")
