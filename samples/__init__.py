"""Made-up submissions with known truth. Stands on the model alone; only flows and tests import it."""
