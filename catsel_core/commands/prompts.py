"""``prompts``: words in categories, in several prompts."""

import argparse
from typing import get_args

from catsel_core.analyses.prompts import PromptsRequest, analyse_prompts, checked_templates
from catsel_core.commands.sessions import add_session, chosen_session
from catsel_core.commands.shared import (
    add_measure,
    add_model,
    add_out,
    add_test,
    chosen_measure,
    chosen_model,
    chosen_test,
    progress_bar,
    say,
    write_json,
)
from catsel_core.commands.words import add_word_list, word_list
from catsel_core.inputs.items import TEMPLATES, Pooling


def add(command: argparse.ArgumentParser) -> None:
    """Its options."""
    add_word_list(command)
    command.add_argument(
        "--template",
        action="append",
        metavar="PROMPT",
        help=f"a prompt with {{word}} in it, once for each (default: {len(TEMPLATES)} to choose from on the page)",
    )
    command.add_argument(
        "--pooling", default="last", choices=get_args(Pooling), help="words of several tokens (default: last piece)"
    )
    add_measure(command)
    add_test(command)
    add_model(command)
    add_session(command)
    add_out(command)
    command.set_defaults(run=run)


def _request(options: argparse.Namespace) -> PromptsRequest:
    if saved := chosen_session(options):
        return saved[0].prompts_request()
    words, templates = word_list(options), checked_templates(options.template or TEMPLATES)
    measure = chosen_measure(options)
    return PromptsRequest(words, templates, options.pooling, **measure, **chosen_model(options))


def run(options: argparse.Namespace) -> None:
    """Analyse and write."""
    from catsel_core.analyses.careful import careful_words
    from catsel_core.export.results import prompts_json

    test = chosen_test(options)
    request = _request(options)
    with progress_bar(" prompts") as progress:
        found = analyse_prompts(request, progress=progress, say=say)
    write_json(prompts_json(found, [careful_words(one, **test) for one in found.analyses]), options.out)
