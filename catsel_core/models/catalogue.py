"""Models that catsel knows by name, with what to expect of each before anything is fetched."""

from dataclasses import dataclass

from catsel_core.language import mark, tr

BUNDLED = "bundled"
GPT2 = "openai-community/gpt2"
UNQUANTISED = "HuggingFaceTB/SmolLM2-135M-Instruct"
"""The bundled model as the hub has it."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model to choose.

    reference: ``bundled``, or its name on the hub.
    revision: the commit that is meant; None where the hub's main branch is looked up once.
    n_blocks: number of transformer blocks; there is one hidden state more.
    width: numbers in a hidden state.
    parameters: how many, about; four bytes each in float32.
    download_bytes: how much is fetched, about.
    title, note: in English; said in another language by whoever shows them.
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
        mark("comes with catsel, at four bits a weight"),
    ),
    CatalogueEntry(
        UNQUANTISED,
        mark("SmolLM2-135M-Instruct, unquantised"),
        "12fd25f77366fa6b3b4b768ec3050bf629380bac",
        30,
        576,
        134_515_008,
        275_000_000,
        "Apache-2.0",
        mark("the bundled model as the hub has it"),
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
        mark("the book's model"),
    ),
    CatalogueEntry(
        "distilbert/distilgpt2",
        "DistilGPT-2",
        "2290a62682d06624634c1f46a6ad5be0f47f38aa",
        6,
        768,
        81_912_576,
        355_000_000,
        "Apache-2.0",
        mark("GPT-2 distilled to half of its layers"),
    ),
    CatalogueEntry(
        "openai-community/gpt2-medium",
        "GPT-2 medium",
        "6dcaa7a952f72f9298047fd5137cd6e4f05f41da",
        24,
        1_024,
        354_823_168,
        1_520_000_000,
        "MIT",
        mark("GPT-2's bigger sister"),
    ),
    CatalogueEntry(
        "openai-community/gpt2-large",
        "GPT-2 large",
        "32b71b12589c2f8d625668d2335a01cac3249519",
        36,
        1_280,
        774_030_080,
        3_250_000_000,
        "MIT",
        mark("needs patience on a laptop"),
    ),
    CatalogueEntry(
        "openai-community/gpt2-xl",
        "GPT-2 XL",
        "15ea56dee5df4983c59b2538573817e1667135e2",
        48,
        1_600,
        1_557_611_200,
        6_440_000_000,
        "MIT",
        mark("the largest GPT-2"),
    ),
    CatalogueEntry(
        "EleutherAI/pythia-70m",
        "Pythia 70M",
        "a39f36b100fe8a5377810d56c3f4789b9c53ac42",
        6,
        512,
        70_426_624,
        170_000_000,
        "Apache-2.0",
        mark("made for research on training"),
    ),
    CatalogueEntry(
        "EleutherAI/pythia-160m",
        "Pythia 160M",
        "50f5173d932e8e61f858120bcb800b97af589f46",
        12,
        768,
        162_322_944,
        380_000_000,
        "Apache-2.0",
        mark("as deep as GPT-2"),
    ),
    CatalogueEntry(
        "EleutherAI/pythia-410m",
        "Pythia 410M",
        "9879c9b5f8bea9051dcb0e68dff21493d67e9d4f",
        24,
        1_024,
        405_334_016,
        910_000_000,
        "Apache-2.0",
        mark("as deep as GPT-2 medium"),
    ),
    CatalogueEntry(
        "HuggingFaceTB/SmolLM2-135M",
        "SmolLM2-135M",
        "93efa2f097d58c2a74874c7e644dbc9b0cee75a2",
        30,
        576,
        134_515_008,
        275_000_000,
        "Apache-2.0",
        mark("the base of the bundled model"),
    ),
    CatalogueEntry(
        "HuggingFaceTB/SmolLM2-360M",
        "SmolLM2-360M",
        "f8027fd0eaeea54caa13c31d31b9fdc459c38b49",
        32,
        960,
        361_821_120,
        730_000_000,
        "Apache-2.0",
        mark("a small model of 2024"),
    ),
    CatalogueEntry(
        "Qwen/Qwen2.5-0.5B",
        "Qwen2.5-0.5B",
        "060db6499f32faf8b98477b0a26969ef7d8b9987",
        24,
        896,
        494_032_768,
        1_000_000_000,
        "Apache-2.0",
        mark("a small model of 2024, many languages"),
    ),
)
"""In the order in which they are shown."""


def title_of(reference: str) -> str:
    """A model's name for people: its title in the catalogue, or what stands behind the last slash."""
    titles = {entry.reference: entry.title for entry in CATALOGUE}
    return tr(titles.get(reference, "")) or reference.rstrip("/").rpartition("/")[2] or reference
