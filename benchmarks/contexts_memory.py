"""Peak memory of a contexts analysis of a 3 MB text with one word 5,000 times: at most 80 of them, and all.

Run as ``python -m benchmarks.contexts_memory``; takes some minutes. Windows are 5 tokens, since their length does not
matter to the peak.
"""

import tempfile
from pathlib import Path

import numpy as np

from catsel_core.analyses.contexts import ContextRequest, analyse_contexts
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.inputs.occurrences import WindowChoice
from catsel_core.inputs.texts import pasted_text
from catsel_core.store import FolderStore

SENTENCE = "the river ran under stone bridges while old men told stories of storms and ships that came home"
OCCURRENCES, SOME = 5000, 80


def main() -> None:
    """Print what each way takes beyond the loaded model."""
    from benchmarks import peaks  # which measures what is below

    print(f"text: {len(made_text()) / 1e6:.1f} MB, {OCCURRENCES:,} times “lantern”")
    for most in (SOME, OCCURRENCES):
        print(
            f"at most {most:,} occurrences: {peaks.in_fresh_process('text', most) / 1e6:,.0f} MB over the loaded model"
        )


def made_text() -> str:
    """600,000 words by a fixed seed, :data:`OCCURRENCES` of them “lantern”."""
    rng = np.random.default_rng(1)
    words = rng.choice(SENTENCE.split(), 600_000)
    words[1000 + rng.choice(590_000, OCCURRENCES, replace=False)] = "lantern"
    return " ".join(words)


def analyse(most: int, model: LoadedModel) -> None:
    """From the text to the statistics, nothing of it stored before."""
    request = ContextRequest(pasted_text(made_text()), ("lantern",), WindowChoice(window=5, most=most), model="bundled")
    with tempfile.TemporaryDirectory() as folder:
        analyse_contexts(request, FolderStore(Path(folder)), lambda _: model)


if __name__ == "__main__":
    main()
