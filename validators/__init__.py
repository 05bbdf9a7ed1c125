"""What is wrong: rules over a dossier, the checklist, and the matching of lists and vouchers."""

from validators.judge import Judgement, validate
from validators.table import ClauseCoverage, RuleInfo, coverage_of_guide, explain, rules_table

__all__ = ["ClauseCoverage", "Judgement", "RuleInfo", "coverage_of_guide", "explain", "rules_table", "validate"]
