"""Identifiers and their check digits: USCC (GB 32100-2015), organisation code (GB 11714), the old taxpayer id."""

from __future__ import annotations

import re
from itertools import product

from extractors.values import narrow, squash

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_LOOKALIKES = {
    "I": "1", "L": "1", "O": "0", "Q": "0", "D": "0", "Z": "2", "S": "5", "B": "8", "G": "6",
    "1": "L", "0": "DQ", "8": "B", "5": "S", "6": "G", "2": "Z",
}  # fmt: skip
"""What engines confuse; letters outside the USCC alphabet are certain misreadings."""


def normal_id(text: str) -> str:
    """Upper case, half width, no spaces, dots or dashes; nothing is repaired."""
    return re.sub(r"[^0-9A-Z]", "", squash(text).upper())


def organisation_check(code: str) -> bool:
    """GB 11714: eight characters and a check digit (``X`` stands for ten)."""
    code = normal_id(code)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    total = sum((int(char, 36)) * weight for char, weight in zip(code[:8], _ORG_WEIGHTS, strict=True))
    check = 11 - total % 11
    return code[8] == {10: "X", 11: "0"}.get(check, str(check))


def uscc_check_char(first17: str) -> str:
    """The eighteenth character that GB 32100-2015 demands (``first17`` in the alphabet, upper case)."""
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def is_uscc(code: str) -> bool:
    """Shape and C18. A false answer is a doubt, no verdict: issued codes that fail exist (91350203M0001QAY9B)."""
    code = normal_id(code)
    if len(code) != 18 or any(char not in USCC_ALPHABET for char in code) or not code[2:8].isdigit():
        return False
    return uscc_check_char(code[:17]) == code[17]


def is_old_tax_id(code: str) -> bool:
    """The 15-character id used until 三证合一: six digits of area and an organisation code with its check digit."""
    code = normal_id(code)
    return len(code) == 15 and code[:6].isdigit() and organisation_check(code[6:])


def is_tax_id(code: str) -> bool:
    """A USCC or an old id whose check digits fit."""
    return is_uscc(code) or is_old_tax_id(code)


def same_taxpayer(a: str, b: str) -> bool:
    """Equal, or one is the old 15-digit form of the other: the last nine of the old id are USCC[9–17] (R-251)."""
    a, b = normal_id(a), normal_id(b)
    if a == b:
        return bool(a)
    if {len(a), len(b)} == {15, 18}:
        old, new = (a, b) if len(a) == 15 else (b, a)
        return old[6:] == new[8:17]
    return False


def propose_repair(code: str) -> str | None:
    """The one look-alike repair (at most two characters) that makes the check digit fit; None when there is none or
    more than one. A proposal for a person, never a value (R-252).

    Letters that cannot occur (I, O, S, V, Z) are replaced first; other look-alikes are tried only when that is not
    enough.
    """
    code = normal_id(code)
    if len(code) not in (15, 18) or is_tax_id(code):
        return None
    forced = "".join(_LOOKALIKES[char][0] if char in "IOSZ" else char for char in code) if len(code) == 18 else code
    if forced != code and is_tax_id(forced):
        return forced
    fits: set[str] = set()
    places = [i for i, char in enumerate(forced) if char in _LOOKALIKES]
    for first, second in product(places, [-1, *places]):
        if second >= first:
            continue
        for a in _LOOKALIKES[forced[first]]:
            for b in _LOOKALIKES[forced[second]] if second >= 0 else ("",):
                trial = forced[:first] + a + forced[first + 1 :]
                if second >= 0:
                    trial = trial[:second] + b + trial[second + 1 :]
                if is_tax_id(trial):
                    fits.add(trial)
        if len(fits) > 1:
            return None
    return fits.pop() if len(fits) == 1 else None


def squash_map(text: str) -> tuple[str, list[int]]:
    """The text in upper case and half width without spaces, and for each character its place in ``text``."""
    kept = [(char, i) for i, char in enumerate(narrow(text).upper()) if not char.isspace()]
    return "".join(char for char, _ in kept), [i for _, i in kept]


def find_tax_ids(text: str) -> list[tuple[str, int, int]]:
    """Runs shaped like a taxpayer id (15, 17, 18 or 20 characters) with their spans; check digits are not asked for.

    Spaces inside a run are allowed (dot-matrix print); twenty digits in a row are an invoice number, not an id.
    """
    plain, places = squash_map(text)
    found: list[tuple[str, int, int]] = []
    for hit in re.finditer(r"(?<![0-9A-Z])[0-9A-Z]{15,20}(?![0-9A-Z])", plain):
        run = hit[0]
        digits = sum(char.isdigit() for char in run)
        personal = len(run) in (17, 20) and digits >= len(run) - 1 and not run.isdigit()
        if (len(run) in (15, 18) and digits >= len(run) // 2) or personal:
            found.append((run, places[hit.start()], places[hit.end() - 1] + 1))
    return found
