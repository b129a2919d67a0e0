"""Settings for all tests: no network, and a cache of their own that borrows the prepared models."""

import os
import tempfile
from pathlib import Path

from catsel_core.paths import models_dir

# Looking something up on a model hub must fail at once: no test needs a network.
os.environ["HF_HUB_OFFLINE"] = "1"
for variable in ("HF_HUB_CACHE", "HF_ENDPOINT", "HF_TOKEN", "CATSEL_DEVICE", "CATSEL_CATALOGUE_ONLY"):
    os.environ.pop(variable, None)

_cache = tempfile.TemporaryDirectory(prefix="catsel-tests-")
_models = models_dir()
_models.mkdir(parents=True, exist_ok=True)
os.environ["HF_HOME"] = str(Path(_cache.name) / "huggingface")
(Path(_cache.name) / "models").symlink_to(_models, target_is_directory=True)
os.environ["CATSEL_CACHE"] = _cache.name
