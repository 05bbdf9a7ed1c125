"""Excel side of a made-up submission: declared lists, statistics, ledgers, with the place of every value."""

from samples.workbooks.files import count_sheets
from samples.workbooks.ledgers import write_ledgers
from samples.workbooks.list import INTEREST_KEY, LIST_KEY, list_suffix, write_interest_list, write_list
from samples.workbooks.statistics import STATISTICS_KEY, write_statistics

__all__ = ["INTEREST_KEY", "LIST_KEY", "STATISTICS_KEY", "count_sheets", "list_suffix", "write_interest_list", "write_ledgers", "write_list", "write_statistics"]
