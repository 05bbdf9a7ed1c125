"""All rules, one module per family. Importing this package fills the registry."""

from validators.rules import (
    dates,
    duplicates,
    files,
    identity,
    invoices,
    lists,
    materials,
    money,
    paging,
    scans,
    seals,
    statistics,
)

__all__ = ["dates", "duplicates", "files", "identity", "invoices", "lists", "materials", "money", "paging", "scans", "seals", "statistics"]
