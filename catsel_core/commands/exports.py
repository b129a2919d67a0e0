"""What ``notebook`` and ``data`` share: a session that was saved, and which of its results are meant."""

import argparse
from pathlib import Path

from catsel_core.commands.shared import present_model, read
from catsel_core.export.parts import PARTS, Part, models_of_parts, parts_in_order
from catsel_core.export.session_file import opened
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.session import Session


def add_parts(command: argparse.ArgumentParser) -> None:
    """The options that name a session and the results."""
    command.add_argument("--session", type=Path, metavar="FILE", required=True, help="a session that was saved")
    command.add_argument(
        "--of",
        nargs="+",
        choices=PARTS,
        default=["words"],
        metavar="RESULT",
        help=f"{', '.join(PARTS)} (default: words)",
    )


def chosen_parts(options: argparse.Namespace) -> tuple[Session, OwnTexts, tuple[Part, ...]]:
    """The session with its texts, and the results that are meant; their models are on this computer then.

    Raises:
        InputError: if the session cannot be read or used.
        ModelError: if there is no such model.
    """
    parts = parts_in_order(options.of)
    session, texts = opened(read(options.session))
    for reference in models_of_parts(session, parts):
        present_model(reference)
    return session, texts, parts
