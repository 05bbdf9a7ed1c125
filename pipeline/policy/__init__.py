"""Policy years as data: ``load_policy("2020")``."""

from pipeline.policy.loader import available, load_policy, parse_policy
from pipeline.policy.model import CategoryTerms, Leaf, Material, Policy, Switch, VoucherForm, Window

__all__ = ["CategoryTerms", "Leaf", "Material", "Policy", "Switch", "VoucherForm", "Window", "available", "load_policy", "parse_policy"]
