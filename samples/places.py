"""How the parts of a made-up submission are called on disk."""

PAPERS = "申报材料"
"""Folder (or, with ``.zip``, archive) of what the applicant hands in."""
SECOND_COPY = "申报材料（第二份）"
VOUCHERS = "审计凭证"
LEDGERS = "台账"
TRUTH = "truth.json"
