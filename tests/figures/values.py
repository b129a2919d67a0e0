"""Figures as plain numbers, and as the JSON that a browser reads."""

import json
from typing import Any

import numpy as np


def numbers(values: Any) -> list[float]:
    return np.asarray(values, np.float64).tolist()  # type: ignore[no-any-return]


def strictly(text: str) -> Any:
    """JSON as a browser reads it: no NaN, no Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)
