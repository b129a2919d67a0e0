"""``notebook``: a saved session as a Jupyter notebook that makes its results again."""

import argparse
from pathlib import Path

from catsel_core.commands.exports import add_parts, chosen_parts
from catsel_core.commands.shared import write_text


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_parts(command)
    command.add_argument("--out", type=Path, metavar="IPYNB", help="file to write (default: standard output)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write; nothing is analysed yet."""
    from catsel_core.export.notebook import notebook

    write_text(notebook(*chosen_parts(options)), options.out)
