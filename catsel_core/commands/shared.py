"""What several commands share: choosing a model, progress bars, reading and writing files."""

import argparse
import io
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from catsel_core.errors import InputError, NotDownloadedError
from catsel_core.hidden_states.prepare import ready_model
from catsel_core.inputs import shakespeare
from catsel_core.models import find as models
from catsel_core.models.catalogue import BUNDLED, GPT2
from catsel_core.models.spec import Precision
from catsel_core.statistics.measures import Basis, Measure, Reference, checked_basis
from catsel_core.statistics.permutation_test import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from catsel_core.hidden_states.run import Progress
    from catsel_core.inputs.readings import Reading

Content = TypeVar("Content")

FEWEST_PERMUTATIONS, MOST_PERMUTATIONS = 99, 100_000
"""With fewer than 99, no p of two decimals can be told."""

MODEL_HELP = (
    f"'{BUNDLED}', a model of the hub such as {GPT2}, or a model folder "
    f"(default: {GPT2} if it has been downloaded, else {BUNDLED})"
)


REFERENCE_HELP = (
    "whose mean, spread and principal components centred, zscored and all-but-the-top take: the items' own, or those "
    "of contexts of a text (default: %(default)s)"
)
COMPONENTS_HELP = "that all-but-the-top removes (default: 1 %% of the model's width)"


def add_model(command: argparse.ArgumentParser) -> None:
    """Options that choose the model."""
    command.add_argument("--model", metavar="MODEL", help=MODEL_HELP)
    command.add_argument(
        "--precision", default="float32", choices=get_args(Precision), help="of the model (default: %(default)s)"
    )


def add_out(command: argparse.ArgumentParser, form: str = "JSON") -> None:
    """The option that names the result's file, which is of this form."""
    command.add_argument("--out", type=Path, metavar=form, help="result file (default: standard output)")


def add_arrays(command: argparse.ArgumentParser) -> None:
    """The option that asks for the matrices too."""
    command.add_argument("--arrays", type=Path, metavar="NPZ", help="also write the similarity matrices")


def add_reading(command: argparse.ArgumentParser) -> None:
    """Options that say how a file is to be read, where that cannot be recognised or was not recognised well."""
    add_encoding(command)
    command.add_argument(
        "--header", choices=["yes", "no"], help="whether the first row of a table names columns (default: found out)"
    )


def add_measure(command: argparse.ArgumentParser) -> None:
    """The option that says how vectors are compared."""
    command.add_argument(
        "--measure",
        default="cosine",
        choices=get_args(Measure),
        help="of similarity (default: %(default)s, the book's)",
    )
    command.add_argument("--reference", default="items", choices=get_args(Reference), help=REFERENCE_HELP)
    command.add_argument("--components", type=int, metavar="D", help=COMPONENTS_HELP)


def chosen_measure(options: argparse.Namespace) -> dict[str, Any]:
    """How a request compares vectors.

    Raises:
        InputError: if a number is too small or too large.
    """
    basis = checked_basis(Basis(options.reference, options.components))
    return {"measure": options.measure, "basis": basis}


def add_test(command: argparse.ArgumentParser) -> None:
    """Options of the permutation test."""
    command.add_argument(
        "--permutations",
        type=int,
        metavar="N",
        help="shuffles of the permutation test (default: 10000, above 400 items 1000; all distinct ones if few)",
    )
    command.add_argument("--seed", type=int, default=SEED, help="of the shuffles (default: %(default)s)")


def chosen_test(options: argparse.Namespace) -> dict[str, Any]:
    """How the permutation test is to be made.

    Raises:
        InputError: if a number is too small or too large.
    """
    count, seed = options.permutations, options.seed
    if count is not None and not FEWEST_PERMUTATIONS <= count <= MOST_PERMUTATIONS:
        raise InputError(
            f"--permutations must be between {FEWEST_PERMUTATIONS} and {MOST_PERMUTATIONS:,}; got {count:,}."
        )
    if seed < 0:
        raise InputError(f"--seed must be 0 or more; got {seed}.")
    return {"permutations": count, "seed": seed}


def add_encoding(command: argparse.ArgumentParser) -> None:
    """The option that names the encoding of a file."""
    command.add_argument(
        "--encoding", default="", metavar="NAME", help="of the file, such as cp1251 (default: recognised)"
    )


def reading_of(
    options: argparse.Namespace, parse: "Callable[[bytes, str, bool | None], Reading[Content]]", path: Path
) -> Content:
    """What is in a file; what was guessed about it is said."""
    has_header = None if options.header is None else options.header == "yes"
    reading = parse(read(path), options.encoding, has_header)
    for remark in reading.remarks:
        say(f"{path.name}: {remark}")
    return reading.content


def chosen_model(options: argparse.Namespace) -> dict[str, Any]:
    """Model and precision of a request."""
    return {"model": present_model(options.model), "precision": options.precision}


def present_model(reference: str | None) -> str:
    """The model to use; one that is not on this computer is downloaded now, or its like where none was named."""
    chosen = reference or models.default_reference()
    try:
        ready_model(chosen, say)
    except NotDownloadedError:
        if reference is None:
            return first_model()
        fetch(chosen)
    return chosen


def first_model() -> str:
    """Have a model for a fresh start, prepared; what names it."""
    from catsel_core.hidden_states.weigh import check_weight
    from catsel_core.models.fetch import fetch_first_model

    with _bytes_bar("model") as progress:
        reference = fetch_first_model(check_weight, progress, say)
    ready_model(reference, say)
    return reference


def fetch(reference: str) -> None:
    """Download a model with a bar of bytes, and prepare it."""
    from catsel_core.hidden_states.weigh import check_weight
    from catsel_core.models.fetch import fetch_model

    with _bytes_bar(reference) as progress:
        fetch_model(reference, check_weight, progress)
    found = ready_model(reference, say)
    say(f"{found.name} is here: revision {found.revision}, in {found.folder}")


def fetch_plays() -> None:
    """Have Shakespeare's plays on this computer."""
    with _bytes_bar("Shakespeare's plays") as progress:
        shakespeare.fetch(progress)


def _bytes_bar(what: str) -> "AbstractContextManager[Progress]":
    return progress_bar("B", unit_scale=True, unit_divisor=1000, desc=what)


@contextmanager
def progress_bar(unit: str, **settings: Any) -> "Iterator[Progress]":
    """A bar on standard error, if the work takes longer than a second."""
    from tqdm import tqdm

    with tqdm(unit=unit, delay=1, leave=False, **settings) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def write_json(values: dict[str, Any], path: Path | None) -> None:
    """To a file, or to standard output."""
    from catsel_core.export.results import json_text

    write_text(json_text(values), path)


def write_text(text: str, path: Path | None) -> None:
    """To a file, or to standard output."""
    if path:
        write_bytes(text.encode(), path)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as JSON has it, whatever the terminal's own encoding
    print(text)


def write_arrays(arrays: "dict[str, NDArray[Any]]", path: Path) -> None:
    """As one npz file."""
    from catsel_core.export.arrays import npz

    write_bytes(npz(arrays), path)


def say(line: str) -> None:
    """A line for the user, beside the result."""
    print(line, file=sys.stderr, flush=True)


def read(path: Path) -> bytes:
    """A file that the user named.

    Raises:
        InputError: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}.") from exc


def write_bytes(data: bytes, path: Path) -> None:
    """To a file that the user named.

    Raises:
        InputError: if it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise InputError(f"{path} cannot be written: {exc.strerror}.") from exc
