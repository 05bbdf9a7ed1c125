"""Made-up submissions with known truth. Stands on the model alone; only flows and tests import it."""

from samples.defects import DEFECTS, Defect
from samples.submission import DEMO_SEED, make_demo, make_submission
from samples.truth import Truth, read_truth

__all__ = ["DEFECTS", "DEMO_SEED", "Defect", "Truth", "make_demo", "make_submission", "read_truth"]
