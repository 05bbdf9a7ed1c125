"""The forger: named defects and innocent look-alikes, planted into clean worlds."""

from samples.forger import finance, identity, offices, papers, plans, rows, sheets, vouchers, yearly  # noqa: F401  (they register themselves)
from samples.forger.model import DEFECTS, Defect, Forged, NotHere, Spot
from samples.forger.plant import groups, plant, tell, touched

__all__ = ["DEFECTS", "Defect", "Forged", "NotHere", "Spot", "groups", "plant", "tell", "touched"]
