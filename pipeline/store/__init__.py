"""The store: what was read (a cache) and what people decided (kept for good)."""

from pipeline.store.store import Checked, Claim, Store

__all__ = ["Checked", "Claim", "Store"]
