"""How much memory a model takes, known from its configuration before its weights are here."""

from pathlib import Path

from catsel_core.errors import ModelError
from catsel_core.hidden_states.load import parameters
from catsel_core.hidden_states.memory import free_memory
from catsel_core.language import tr
from catsel_core.settings import current_settings


def check_weight(name: str, folder: Path) -> None:
    """Whether the model that the fetched ``config.json`` describes may come here.

    Raises:
        ModelError: if it is too large, or no model that catsel runs.
    """
    needed = 4 * parameters(folder)
    most = current_settings().max_model_bytes
    if needed > most:
        raise ModelError(
            tr(
                "{model} takes {needed:.1f} GB in float32; at most {most:g} GB are allowed here. "
                "Choose a smaller model, or set CATSEL_MAX_MODEL_GB higher.",
                model=name,
                needed=needed / 1e9,
                most=most / 1e9,
            )
        )
    free = free_memory()
    if needed / 2 > free:
        raise ModelError(
            tr(
                "{model} takes {needed:.1f} GB in float32 and half of it in bfloat16, but only {free:.1f} GB "
                "of memory are free. Choose a smaller model or close other programs.",
                model=name,
                needed=needed / 1e9,
                free=free / 1e9,
            )
        )
