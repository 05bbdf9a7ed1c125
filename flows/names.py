"""Our top-level names are ours by the user's card; this finds any installed distribution that owns one of them too."""

from __future__ import annotations

from importlib.metadata import distributions
from pathlib import PurePosixPath

OUR_NAMES = frozenset({"pipeline", "extractors", "validators", "reports", "flows", "samples", "tests"})


def foreign_owners() -> list[str]:
    """``distribution (name)`` of every other distribution that installs one of our top-level names."""
    found = []
    for distribution in distributions():
        if (distribution.metadata["Name"] or "").lower() == "shencai":
            continue
        tops = {PurePosixPath(str(file)).parts[0] for file in distribution.files or () if PurePosixPath(str(file)).parts}
        found += [f"{distribution.metadata['Name']}（{name}）" for name in sorted(tops & OUR_NAMES)]
    return sorted(found)
