"""A session file in the place of the options that say what is analysed."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from catsel_core.commands.shared import present_model, read
from catsel_core.errors import InputError
from catsel_core.export.session_file import opened
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.session import Session

_BESIDE = ("out", "arrays", "permutations", "seed", "shuffles")
"""Options of which a session says nothing: they count beside it."""


def add_session(command: argparse.ArgumentParser) -> None:
    """The option that names a session file."""
    command.add_argument(
        "--session", type=Path, metavar="FILE", help="a session that was saved, instead of the options above"
    )
    command.set_defaults(parser=command)


def chosen_session(
    options: argparse.Namespace, beside: Sequence[str] = _BESIDE, *, sides: bool = False
) -> tuple[Session, OwnTexts] | None:
    """The session that was named, with the texts in it, and its models on this computer; None if none was named.

    Args:
        options: of the command.
        beside: names of those that count beside a session.
        sides: whether both sides of Compare are wanted, not the model of the other pages.

    Raises:
        InputError: if it cannot be read or used, or something that it says is said by an option too.
    """
    if options.session is None:
        return None
    parser: argparse.ArgumentParser = options.parser
    others = vars(options).keys() - {"session", "parser", "run", *beside}
    twice = sorted(name for name in others if getattr(options, name) != parser.get_default(name))
    if twice:
        raise InputError(f"The session says what --{twice[0].replace('_', '-')} would say. Leave one of them out.")
    session, texts = opened(read(options.session))
    wanted = [side.model for side in session.sides()] if sides else [session.model.reference]
    for reference in dict.fromkeys(wanted):
        present_model(reference)
    return session, texts
