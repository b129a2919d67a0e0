"""``compare``: two models, prompts, treatments of pieces or measures on the same words."""

import argparse
from typing import Any, get_args

from catsel_core.analyses.side_by_side import CompareRequest, Side, compare_sides, mantel_along_path
from catsel_core.commands.sessions import add_session, chosen_session
from catsel_core.commands.shared import (
    COMPONENTS_HELP,
    MODEL_HELP,
    REFERENCE_HELP,
    add_out,
    chosen_test,
    present_model,
    progress_bar,
    say,
    write_json,
)
from catsel_core.commands.words import add_word_list, word_list
from catsel_core.errors import InputError
from catsel_core.inputs.items import DEFAULT_TEMPLATE, Pooling
from catsel_core.models.spec import Precision
from catsel_core.session import SideChoice
from catsel_core.statistics.measures import Basis, Measure, Reference, checked_basis
from catsel_core.statistics.permutation_test import SEED

MOST_SHUFFLES = 100_000

_OPTIONS: dict[str, dict[str, Any]] = {
    "model": {"metavar": "MODEL", "help": MODEL_HELP},
    "template": {"default": DEFAULT_TEMPLATE, "help": f"default: {DEFAULT_TEMPLATE!r}"},
    "pooling": {"default": "last", "choices": get_args(Pooling), "help": "words of several tokens"},
    "measure": {"default": "cosine", "choices": get_args(Measure), "help": "of similarity (default: %(default)s)"},
    "reference": {"default": "items", "choices": get_args(Reference), "help": REFERENCE_HELP},
    "components": {"type": int, "metavar": "D", "help": COMPONENTS_HELP},
    "precision": {"default": "float32", "choices": get_args(Precision), "help": "default: %(default)s"},
}


def add(command: argparse.ArgumentParser) -> None:
    """Its options: what a side has, once for A and once for B."""
    add_word_list(command)
    add_sides(command)
    command.add_argument(
        "--shuffles", type=int, default=0, metavar="N", help="also test RSA along the path by N permutations (Mantel)"
    )
    command.add_argument(
        "--permutations",
        type=int,
        metavar="N",
        help="also the careful statistics of both sides, by N shuffles",
    )
    command.add_argument("--seed", type=int, default=SEED, help="of all permutations (default: %(default)s)")
    add_session(command)
    add_out(command)
    command.set_defaults(run=run)


def add_sides(command: argparse.ArgumentParser, *, may_follow: bool = False) -> None:
    """What a side has, once for A and once for B.

    Args:
        command: gets the options.
        may_follow: whether what is not said of a side is as for the other commands.
    """
    for letter in "ab":
        side = command.add_argument_group(f"side {letter.upper()}")
        for name, settings in _OPTIONS.items():
            side.add_argument(f"--{name}-{letter}", **{**settings, **({"default": None} if may_follow else {})})


def side_choice(options: argparse.Namespace, letter: str) -> SideChoice:
    """What was said of a side; the rest is as for the other commands.

    Raises:
        InputError: if something cannot be used.
    """
    said = {name: getattr(options, f"{name}_{letter}") for name in _OPTIONS}
    reference, components = said.pop("reference"), said.pop("components")
    own = reference is not None or components is not None
    return SideChoice(**said, basis=checked_basis(Basis(reference or "items", components)) if own else None)


def run(options: argparse.Namespace) -> None:
    """Analyse both sides and write."""
    from catsel_core.analyses.careful import careful_words
    from catsel_core.export.results import compare_json

    test = chosen_test(options)
    if not 0 <= options.shuffles <= MOST_SHUFFLES:
        raise InputError(f"--shuffles must be between 0 and {MOST_SHUFFLES:,}; got {options.shuffles:,}.")
    request = _request(options)
    with progress_bar(" prompts") as progress:
        found = compare_sides(request, progress=progress, say=say)
    tests = mantel_along_path(found, options.shuffles, options.seed) if options.shuffles else ()
    careful = tuple(careful_words(side, **test) for side in found.sides) if options.permutations else ()
    write_json(compare_json(found, tests, options.seed, careful), options.out)


def _request(options: argparse.Namespace) -> CompareRequest:
    if saved := chosen_session(options, sides=True):
        return saved[0].compare_request()
    return CompareRequest(word_list(options), _side(options, "a"), _side(options, "b"))


def _side(options: argparse.Namespace, letter: str) -> Side:
    chosen = {name: getattr(options, f"{name}_{letter}") for name in _OPTIONS}
    basis = checked_basis(Basis(chosen.pop("reference"), chosen.pop("components")))
    return Side(**{**chosen, "model": present_model(chosen["model"])}, basis=basis)
