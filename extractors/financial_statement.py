"""财务决算报表 handed in instead of an audit report: the statements alone (rule-book A.1, substitutes of M12)."""

from __future__ import annotations

from extractors.audit_report import extract_financial_statement

__all__ = ["extract_financial_statement"]
