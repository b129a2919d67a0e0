"""A session as a Jupyter notebook that makes its results again, with nothing but catsel's core.

The session stands in it as JSON in a raw string. What somebody typed can end neither: JSON has no quotation mark of
Python's but within its texts, where it is written as an escape, and so is all that cannot be printed.
"""

import re
from collections.abc import Collection, Sequence

from catsel_core.export.markdown import literal
from catsel_core.export.notebook_cells import code, notebook_json, said
from catsel_core.export.notebook_parts import cells_of
from catsel_core.export.parts import Part, models_of_parts, with_both_sides
from catsel_core.export.session_file import NO_TEXTS, to_json
from catsel_core.inputs.text_references import OwnTexts
from catsel_core.language import mark, tr
from catsel_core.models import hub
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model
from catsel_core.session import Session

FIRST_LAYER = 4
"""What the figures show where the session names no layer: the book's."""

_DOUBTFUL = re.compile(r"[^\w \n!-&(-~]")
"""All but letters, digits and the signs of JSON and of English: looked at one by one."""

_BEGIN = mark("""
# catsel: a session's results

This notebook makes the results of a catsel session again and shows them in tables and figures. It needs catsel's
folder, with what its `requirements.txt` lists, and Jupyter: open it in that folder, or start Jupyter there, and run all
cells. Nothing is fetched unless a model or a book of the session is not on this computer.
""")

_SESSION = mark("""
## The session

All that was chosen: words, prompts, texts, the model, and how results are looked at. The field by field description is
in catsel's `docs/session.md`. Change something here and run all cells again to see what it does.
""")

_LAYER = mark("""
`LAYER` is the hidden state that the figures show, by its index: 0 is the embedding, 1 the output of the first block.
""")


def notebook(session: Session, own: OwnTexts, parts: Sequence[Part]) -> str:
    """The file's text, the same for the same session and models.

    Args:
        session: what was chosen.
        own: somebody's own texts, of which the one that is searched goes along.
        parts: which results are made.

    Raises:
        ModelError: if a model is not on this computer, so that nobody knows its revision.
    """
    session = with_both_sides(session) if "compare" in parts else session
    models = models_of_parts(session, parts)
    cells = [
        said("begin", tr(_BEGIN)),
        said("about-session", tr(_SESSION)),
        code("session", _session_lines(session, own if "contexts" in parts else NO_TEXTS)),
        said("about-model", "\n\n".join(["## " + tr("The model"), *map(_about_model, models)])),
        code("model", _model_lines(models)),
        said("about-layer", tr(_LAYER)),
        code("layer", f"LAYER = {FIRST_LAYER if session.view.layer is None else session.view.layer}"),
    ]
    return notebook_json([*cells, *(cell for part in parts for cell in cells_of(part, session))])


def _session_lines(session: Session, own: OwnTexts) -> str:
    saved = raw_string(to_json(session, own))
    return (
        "from catsel_core.export.session_file import opened\n\n"
        f"SESSION = {saved}\n\nsession, texts = opened(SESSION.encode())"
    )


def raw_string(json: str) -> str:
    """JSON as a raw string of Python, in its own lines; both read the same values in it.

    Apostrophes and what cannot be printed are written as JSON's escapes: nothing ends the string, is taken for the end
    of a line, or turns the direction of what stands behind it.
    """
    return f"r'''{_DOUBTFUL.sub(_escape, json)}'''"


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character != "'" and character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _about_model(reference: str) -> str:
    model = find_model(reference)
    named = {"name": literal(" ".join(model.name.split())), "revision": model.revision}
    if reference == BUNDLED:
        return tr(
            "**{name}**, revision `{revision}`, comes with catsel: `python -m catsel_core prepare` has it ready.",
            **named,
        )
    if hub.is_reference(reference):
        return tr(
            "**{name}**, revision `{revision}`. If it is not on this computer: "
            "`python -m catsel_core models fetch {reference}`",
            **named,
            reference=reference,
        )
    return tr(
        "**{name}**, revision `{revision}`, is read from a folder, which the session names. Name the folder that it "
        "lies in on this computer.",
        **named,
    )


def _model_lines(references: Collection[str]) -> str:
    revisions = {reference: find_model(reference).revision for reference in references}
    return f"""
from catsel_core.hidden_states.prepare import ready_model

REVISIONS = {revisions!r}
for reference, revision in REVISIONS.items():
    model = ready_model(reference, print)
    same = "as when this was saved" if model.revision == revision else f"NOT {{revision}}: expect other numbers"
    print(f"{{model.name}}: revision {{model.revision}}, {{same}}")
"""
