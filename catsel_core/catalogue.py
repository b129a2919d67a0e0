"""Models that catsel knows by name, with what to expect of each before anything is fetched."""

from dataclasses import dataclass

BUNDLED = "bundled"
GPT2 = "openai-community/gpt2"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model to choose.

    reference: ``bundled``, or its name on the hub.
    revision: the commit that is meant; None where the hub's main branch is looked up once.
    n_blocks: number of transformer blocks; there is one hidden state more.
    width: numbers in a hidden state.
    parameters: how many, about; four bytes each in float32.
    download_bytes: how much is fetched, about.
    """

    reference: str
    title: str
    revision: str | None
    n_blocks: int
    width: int
    parameters: int
    download_bytes: int
    licence: str
    note: str

    @property
    def memory_bytes(self) -> int:
        """Memory of its weights in float32, about."""
        return 4 * self.parameters


CATALOGUE = (
    CatalogueEntry(
        BUNDLED,
        "SmolLM2-135M-Instruct",
        None,
        30,
        576,
        134_515_008,
        0,
        "Apache-2.0",
        "comes with catsel, works offline",
    ),
    CatalogueEntry(
        GPT2,
        "GPT-2",
        "607a30d783dfa663caf39e06633721c8d4cfcd7e",
        12,
        768,
        124_439_808,
        550_000_000,
        "MIT",
        "the book's model",
    ),
)
"""In the order in which they are shown."""


def title_of(reference: str) -> str:
    """A model's name for people: its title in the catalogue, or what stands behind the last slash."""
    titles = {entry.reference: entry.title for entry in CATALOGUE}
    return titles.get(reference) or reference.rstrip("/").rpartition("/")[2] or reference
