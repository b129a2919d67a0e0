"""``models``: what can be chosen, and ``models fetch``, which downloads."""

import argparse

from catsel_core.commands.shared import fetch
from catsel_core.models import find as models
from catsel_core.models.catalogue import CATALOGUE, GPT2


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    command.set_defaults(run=run)
    actions = command.add_subparsers(metavar="ACTION")
    fetching = actions.add_parser("fetch", help="download models")
    fetching.add_argument("ids", nargs="+", metavar="ID", help=f"such as {GPT2}, or {GPT2}@REVISION")
    fetching.set_defaults(run=run_fetch)


def run(_: argparse.Namespace) -> None:
    """The catalogue as a table: what is here, and what each model would cost."""
    rows = [("model", "here", "layers", "width", "download", "memory", "licence")]
    for entry in CATALOGUE:
        here = "yes" if models.is_present(entry.reference) else "no"
        download = f"{entry.download_bytes / 1e9:.2f} GB" if entry.download_bytes else "none"
        memory = f"{entry.memory_bytes / 1e9:.2f} GB"
        rows.append((entry.reference, here, str(entry.n_blocks), str(entry.width), download, memory, entry.licence))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def run_fetch(options: argparse.Namespace) -> None:
    """Download each."""
    for reference in options.ids:
        fetch(reference)
