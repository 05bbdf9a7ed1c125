"""Floor 1: what is there. Files, pages, readings, the policy year and the store; it knows nothing of taxes or invoices."""
