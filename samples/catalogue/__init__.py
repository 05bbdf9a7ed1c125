"""The invented market: goods, sellers, places, trades. No real company stands in it."""

from samples.catalogue.goods import GOODS, IMPORTS, SHIPPERS, Good, ImportGood, Kind, Tier
from samples.catalogue.industries import COMMON_GROUPS, INDUSTRIES, Industry
from samples.catalogue.places import (
    APPLICANT_BANKS,
    BIG_FIRM,
    CUSTOMS_HOUSES,
    DISTRICTS,
    FIRMS,
    GIVEN_NAMES,
    LENDERS,
    LESSORS,
    OTHER_TRADES,
    SURNAMES,
    TRADE_SIGNS,
    District,
)
from samples.catalogue.sellers import CITIES, SELLER_BANKS, SELLERS, City, Seller

__all__ = [
    "APPLICANT_BANKS",
    "BIG_FIRM",
    "CITIES",
    "COMMON_GROUPS",
    "CUSTOMS_HOUSES",
    "DISTRICTS",
    "FIRMS",
    "GIVEN_NAMES",
    "GOODS",
    "IMPORTS",
    "INDUSTRIES",
    "LENDERS",
    "LESSORS",
    "OTHER_TRADES",
    "SELLERS",
    "SELLER_BANKS",
    "SHIPPERS",
    "SURNAMES",
    "TRADE_SIGNS",
    "City",
    "District",
    "Good",
    "ImportGood",
    "Industry",
    "Kind",
    "Seller",
    "Tier",
]
