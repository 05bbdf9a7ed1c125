"""Made-up submissions with known truth. Stands on the model alone; only flows and tests import it.

The makers are loaded when they are first asked for: telling which looks there are needs no drawing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samples.forger import DEFECTS
    from samples.submission import DEMO_SEED, make_demo, make_from, make_submission
    from samples.truth import Truth, read_truth

__all__ = ["DEFECTS", "DEMO_SEED", "Truth", "make_demo", "make_from", "make_submission", "read_truth"]

_HOMES = {
    "DEFECTS": "forger", "DEMO_SEED": "submission", "make_demo": "submission", "make_from": "submission", "make_submission": "submission",
    "Truth": "truth", "read_truth": "truth",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"samples.{_HOMES[name]}"), name)
