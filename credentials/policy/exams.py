"""Exams as a pack holds them: the mark that passes, and how they are set (A14)."""

from dataclasses import dataclass
from decimal import Decimal

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import (
    Table,
    as_count,
    as_decimal,
    as_positive,
    as_text,
    list_of,
)

FULL_MARK = Decimal(100)


@dataclass(frozen=True, slots=True)
class Paper:
    """How an exam is set: questions drawn, minutes, tries, days between two of them.

    `product` is the code of the product that opens it, `affidavit` what is declared
    before it.
    """

    basis: Basis
    product: str
    questions: int
    minutes: int
    attempts: int
    wait_days: int
    affidavit: str


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam, its pass mark in percent and the specialties it comes in (A14).

    `paper` says how it is set, `specialty_paper` how each of its specialties is; None
    where it is not held in the portal.
    """

    basis: Basis
    code: str
    title: str
    pass_mark: Decimal
    specialties: tuple[str, ...] = ()
    paper: Paper | None = None
    specialty_paper: Paper | None = None

    def paper_of(self, product: str) -> Paper | None:
        """Say how it is set for somebody who was given a product."""
        papers = (self.paper, self.specialty_paper)
        return next((each for each in papers if each and each.product == product), None)


def as_percent(value: object) -> Decimal:
    """Read a mark out of a hundred."""
    mark = as_decimal(value)
    if not 0 < mark <= FULL_MARK:
        raise ValueError("must be above 0 and at most 100")
    return mark


def read_exam(table: Table, sources: tuple[str, ...]) -> Exam:
    specialties = table.maybe("specialties", list_of(as_text)) or ()
    if table.has("specialty_paper") and not specialties:
        table.fail("specialty_paper", "is for an exam with specialties")
    exam = Exam(
        code=table.need("code", as_text),
        title=table.need("title", as_text),
        pass_mark=table.need("pass_mark", as_percent),
        specialties=specialties,
        paper=_read_paper(table, "paper", sources),
        specialty_paper=_read_paper(table, "specialty_paper", sources),
        basis=read_basis(table, sources),
    )
    table.close()
    return exam


def _read_paper(exam: Table, key: str, sources: tuple[str, ...]) -> Paper | None:
    if not exam.has(key):
        return None
    table = exam.table(key)
    paper = Paper(
        product=table.need("product", as_text),
        questions=table.need("questions", as_positive),
        minutes=table.need("minutes", as_positive),
        attempts=table.need("attempts", as_positive),
        wait_days=table.need("wait_days", as_count),
        affidavit=table.need("affidavit", as_text),
        basis=read_basis(table, sources),
    )
    table.close()
    return paper
