"""REST plumbing without a subject: bodies, query parameters, pages, limits."""

from core.rest.answering import envelope, instant, page_of
from core.rest.asking import ListOf, ObjectOf, Paged, Query, Strict, id_in_address
from core.rest.defaults import AnyAccept, Denied
from core.rest.fields import (
    AmountField,
    CodeField,
    CountField,
    DayField,
    FlagField,
    IdField,
    LineField,
    TextField,
    WholeField,
    WordField,
)
from core.rest.limits import Limit
from core.rest.parsing import StrictJSONParser

__all__ = [
    "AmountField",
    "AnyAccept",
    "CodeField",
    "CountField",
    "DayField",
    "Denied",
    "FlagField",
    "IdField",
    "Limit",
    "LineField",
    "ListOf",
    "ObjectOf",
    "Paged",
    "Query",
    "Strict",
    "StrictJSONParser",
    "TextField",
    "WholeField",
    "WordField",
    "envelope",
    "id_in_address",
    "instant",
    "page_of",
]
