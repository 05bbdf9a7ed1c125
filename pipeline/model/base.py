"""The one base of everything that passes between modules: frozen, closed, plain data."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Fraction = Annotated[float, Field(ge=-0.05, le=1.05)]
"""A coordinate as a fraction of the upright page; a hair outside is allowed, seals do hang over the edge."""

Box = tuple[Fraction, Fraction, Fraction, Fraction]
"""``(x0, y0, x1, y1)``: fractions of the upright page, origin at its top left."""

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Four corners, clockwise from the top left of the text, fractions of the upright page."""


class Model(BaseModel):
    """Frozen and closed: a mistyped field name is an error here, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


def union_box(boxes: list[Box]) -> Box:
    """The smallest box around ``boxes`` (at least one)."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def clamp_box(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A box from any four fractions: ordered and cut to the page."""
    lo_x, hi_x = sorted((x0, x1))
    lo_y, hi_y = sorted((y0, y1))
    return (max(0.0, min(1.0, lo_x)), max(0.0, min(1.0, lo_y)), max(0.0, min(1.0, hi_x)), max(0.0, min(1.0, hi_y)))
