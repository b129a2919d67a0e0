"""The command line: ``python -m catsel_core COMMAND``, with one file a command in :mod:`catsel_core.commands`."""

import argparse
import sys
from collections.abc import Sequence

from catsel_core.commands import (
    compare,
    contexts,
    data,
    models,
    notebook,
    prepare,
    prompts,
    report,
    sentences,
    session,
    words,
)
from catsel_core.errors import CatselError
from catsel_core.language import USUAL, speak
from catsel_core.settings import current_settings
from catsel_core.system import refusals

_COMMANDS = {
    "words": (words, "words in categories: similarities and statistics at every layer"),
    "prompts": (prompts, "the same words in several prompts: their spread, and how well they agree"),
    "contexts": (contexts, "the same words in a whole text, with what stands before them"),
    "sentences": (sentences, "the same spelling with several meanings"),
    "compare": (compare, "two models, prompts or measures on the same words"),
    "session": (session, "what these options say, as a file that the pages and these commands open"),
    "report": (report, "a session and its results as one HTML file that is read offline"),
    "notebook": (notebook, "a Jupyter notebook that makes a session's results again"),
    "data": (data, "everything of a session's results in one zip: CSV, npz, JSON"),
    "models": (models, "models to choose from; `models fetch ID` downloads one"),
    "prepare": (prepare, "convert the bundled model and store the results shown first"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it worked, 2 with one line on stderr if the input cannot be used."""
    options = _parser().parse_args(_with_range(sys.argv[1:] if arguments is None else arguments))
    try:
        speak(current_settings().language or USUAL)
        options.run(options)
    except CatselError as exc:
        print(f"catsel: {exc}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
    except KeyboardInterrupt:
        print("catsel: stopped; what was finished is kept.", file=sys.stderr)
        return 130
    except (OSError, MemoryError) as exc:
        print(f"catsel: {refusals.sentence(exc)}", file=sys.stderr)
        return 2
    return 0


def _with_range(arguments: Sequence[str]) -> list[str]:
    """``--range`` and its value as one argument: a range may begin with a minus, as only options do."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--range":
            joined[-1] = f"--range={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catsel_core",
        description="How a language model tells categories of words apart.",
        epilog="“The book” is Mike X Cohen's 50 ML projects to understand LLMs.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (command, summary) in _COMMANDS.items():
        command.add(commands.add_parser(name, help=summary))
    return parser


if __name__ == "__main__":
    sys.exit(main())
