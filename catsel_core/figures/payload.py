"""Charts on their way to the browser: symmetric matrices go as their upper triangle, half of the bytes."""

import base64
import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.utils import PlotlyJSONEncoder


def figure_json(figure: go.Figure) -> str:
    """A figure as JSON, as ``figure.to_json`` but for the symmetric matrices of its frames.

    A matrix (n, n) with ones on its diagonal becomes ``{"triangle": {dtype, bdata}, "size": n}``: its
    rows from the diagonal to the right, in order, without the diagonal itself.
    """
    spec: dict[str, Any] = figure.to_dict()
    for frame, sent in zip(figure.frames, spec.get("frames", ()), strict=True):
        for trace, slim in zip(frame.data, sent["data"], strict=True):
            if trace.type == "heatmap" and _is_symmetric(trace.z):
                slim["z"] = _triangle(trace.z)
    return json.dumps(spec, cls=PlotlyJSONEncoder)


def _is_symmetric(z: Any) -> bool:
    square = isinstance(z, np.ndarray) and z.ndim == 2 and z.shape[0] == z.shape[1] and z.dtype == np.float32
    return square and bool((np.diagonal(z) == 1).all()) and np.array_equal(z, z.T)


def _triangle(z: Any) -> dict[str, Any]:
    return {"triangle": packed(z[np.triu_indices(len(z), k=1)]), "size": len(z)}


def packed(values: NDArray[Any]) -> dict[str, str]:
    """An array of any shape, flat: ``{dtype, bdata}`` with numbers as float32, indices as uint16, in base64."""
    kind = "f4" if values.dtype.kind == "f" else "u2"
    return {"dtype": kind, "bdata": base64.b64encode(values.astype(f"<{kind}").tobytes()).decode()}


def packed_rows(values: NDArray[np.uint8]) -> dict[str, str]:
    """A table of bytes: ``{dtype, bdata, shape}``, its rows one after the other, in base64."""
    shape = ",".join(map(str, values.shape))
    return {"dtype": "u1", "bdata": base64.b64encode(values.tobytes()).decode(), "shape": shape}
