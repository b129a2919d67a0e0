"""Models of the Hugging Face Hub: what is here already, what the hub offers, and how it gets here.

Files lie in the hub's own cache folder, as other programs put them there and find them:
``$HF_HUB_CACHE``, or ``hub`` in ``$HF_HOME``. Nothing here imports torch.
"""

from catsel_core.models.hub.api import HubFile, Listing, listing
from catsel_core.models.hub.cache import HubReference, is_reference, missing, parse_reference, snapshot
from catsel_core.models.hub.transfer import Approve, Progress, fetch

__all__ = [
    "Approve",
    "HubFile",
    "HubReference",
    "Listing",
    "Progress",
    "fetch",
    "is_reference",
    "listing",
    "missing",
    "parse_reference",
    "snapshot",
]
