"""The command line: ``python -m catsel_core words`` and ``python -m catsel_core prepare``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from catsel_core import models
from catsel_core.analysis import WordRequest, analyse_words
from catsel_core.errors import CatselError, InputError
from catsel_core.inputs import DEFAULT_TEMPLATE, Pieces
from catsel_core.presets import BOOK
from catsel_core.wordfiles import parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 2 with one line on stderr if the input cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except CatselError as exc:
        print(f"catsel: {exc}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catsel_core", description="How a language model tells categories of words apart."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    words = commands.add_parser("words", help="words in categories: similarities and statistics at every layer")
    words.add_argument("--input", type=Path, metavar="CSV", help="columns category,word (default: the book's list)")
    words.add_argument("--model", default=models.BUNDLED, help="'bundled' or a model folder (default: bundled)")
    words.add_argument("--template", default=DEFAULT_TEMPLATE, help=f"default: {DEFAULT_TEMPLATE!r}")
    words.add_argument(
        "--pooling", default="last", choices=get_args(Pieces), help="words of several tokens (default: last piece)"
    )
    words.add_argument("--out", type=Path, metavar="JSON", help="result file (default: standard output)")
    words.add_argument("--arrays", type=Path, metavar="NPZ", help="also write the similarity matrices")
    words.set_defaults(run=_words)

    prepare = commands.add_parser("prepare", help="convert the bundled model and store the default result")
    prepare.set_defaults(run=_prepare)
    return parser


def _words(options: argparse.Namespace) -> None:
    from tqdm import tqdm

    from catsel_core.report import words_arrays, words_json

    words = parse(_read(options.input)) if options.input else BOOK.words
    request = WordRequest(words, options.template, options.pooling, options.model)
    with tqdm(unit=" prompts", delay=1, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        analysis = analyse_words(request, progress=show, say=_say)
    text = json.dumps(words_json(analysis), ensure_ascii=False, indent=1)
    if options.out:
        _write(options.out, text.encode())
    else:
        print(text)
    if options.arrays:
        import io

        import numpy as np

        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **words_arrays(analysis))
        _write(options.arrays, buffer.getvalue())


def _prepare(options: argparse.Namespace) -> None:
    analysis = analyse_words(WordRequest(), say=_say)
    _say(f"Ready: {analysis.model.name}, {len(analysis.inputs.items)} words of the book's list stored.")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}.") from exc


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as exc:
        raise InputError(f"{path} cannot be written: {exc.strerror}.") from exc


if __name__ == "__main__":
    sys.exit(main())
