"""验资报告, for companies registered less than a year ago and for raised funds (rule-book A.1, M33)."""

from __future__ import annotations

from extractors.audit_report import extract_capital_verification

__all__ = ["extract_capital_verification"]
