"""REST plumbing without a subject: bodies, query parameters, pages, limits."""

from core.rest.answering import envelope, instant, page_of
from core.rest.asking import (
    CodeField,
    DayField,
    IdField,
    ListOf,
    Paged,
    Query,
    Strict,
    TextField,
    WholeField,
    WordField,
    id_in_address,
)
from core.rest.defaults import AnyAccept, Denied
from core.rest.limits import Limit
from core.rest.parsing import StrictJSONParser

__all__ = [
    "AnyAccept",
    "CodeField",
    "DayField",
    "Denied",
    "IdField",
    "Limit",
    "ListOf",
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
