"""Floor 2: what the papers say. Pages become documents, documents become fields with witnesses; no rules live here."""
