"""``data``: everything of a saved session's results in one zip."""

import argparse
from pathlib import Path

from catsel_core.commands.exports import add_parts, chosen_parts
from catsel_core.commands.shared import progress_bar, say, write_bytes
from catsel_core.hidden_states.run import Run


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_parts(command)
    command.add_argument("--out", type=Path, metavar="ZIP", required=True, help="file to write")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.analyses.kinds import kind_of
    from catsel_core.export.data_archive import data_archive
    from catsel_core.export.parts import request_of, result_of

    session, own, parts = chosen_parts(options)
    results = []
    for part in parts:
        request = request_of(part, session, own)
        kind = kind_of(request)
        with progress_bar(f" {kind.unit}") as progress:
            analysis = kind.analyse(request, Run(progress=progress, say=say))
        results.append(result_of(session, part, analysis))
    write_bytes(data_archive(results, own), options.out)
