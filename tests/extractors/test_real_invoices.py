"""Real scanned, photographed and electronic invoices, where they are at hand (``../shared/data/real``)."""

from __future__ import annotations

import pytest

from tests.extractors import real_table


@pytest.mark.slow
@pytest.mark.real
def test_at_least_nine_in_ten_right_and_no_core_field_wrong_but_sure() -> None:
    if not real_table.labels():
        pytest.skip("the real documents are not here")
    outcomes = real_table.run()
    core = [o for o in outcomes if o.field in real_table.CORE]
    for name in real_table.CORE:
        chosen = [o for o in core if o.field == name]
        assert sum(o.word == "right" for o in chosen) >= 0.9 * len(chosen), [o for o in chosen if o.word != "right"]
    assert [o for o in core if o.word == "wrong_sure"] == []
