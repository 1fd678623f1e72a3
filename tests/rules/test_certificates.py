"""A9, A10, A14: when a certificate is issued, when it is held, and that it stays."""

from datetime import date
from decimal import Decimal
from functools import partial

from hypothesis import given

from renewals.rules import (
    CertificateVerdict,
    Credit,
    Term,
    certificate_verdict,
    issued_on,
    next_term,
    waive,
)
from tests.rules.lives import Life, lives
from tests.rules.packs_of_tests import acmss, guild

FIRST = next_term(acmss(), applied_on=date(2023, 12, 1), previous=None)
SECOND = next_term(acmss(), applied_on=date(2024, 11, 25), previous=FIRST)
CHAIN = (FIRST, SECOND)
EARNED = date(2023, 11, 1)


def credit(on: date, amount: str, until: date | None = None) -> Credit:
    return Credit(on, Decimal(amount), on, counts_until=until)


def verdict(
    term: Term = SECOND,
    *,
    credits: tuple[Credit, ...] = (),
    certified_on: date | None = EARNED,
    waived_on: date | None = None,
    as_of: date = date(2024, 11, 30),
) -> CertificateVerdict:
    return certificate_verdict(
        acmss(),
        terms=CHAIN,
        term=term,
        credits=credits,
        certified_on=certified_on,
        waived_on=waived_on,
        as_of=as_of,
    )


def day_of_issue(credits: list[Credit], *, as_of: date) -> date | None:
    return issued_on(
        acmss(),
        terms=CHAIN,
        term=SECOND,
        credits=credits,
        certified_on=EARNED,
        as_of=as_of,
    )


def test_the_first_term_asks_no_credit() -> None:
    found = verdict(FIRST, as_of=FIRST.applied_on)
    assert (found.state, found.rule, found.missing) == ("issued", "A10", ())
    assert found.have == found.need == 0


def test_without_the_credential_it_is_held() -> None:
    found = verdict(FIRST, certified_on=None, as_of=FIRST.applied_on)
    assert (found.state, found.missing) == ("held", ("credential",))
    assert found.words == "Held: CMSS not earned yet"
    assert any(reason.rule == "A14" for reason in found.reasons)


def test_a_credential_earned_later_does_not_count_yet() -> None:
    early = verdict(FIRST, certified_on=date(2024, 1, 2), as_of=date(2024, 1, 1))
    assert early.state == "held"
    after = verdict(FIRST, certified_on=date(2024, 1, 2), as_of=date(2024, 1, 2))
    assert after.state == "issued"


def test_a_renewal_waits_for_the_closing_terms_credit() -> None:
    short = verdict(credits=(credit(date(2024, 3, 4), "1.5"),))
    assert (short.state, short.have, short.need) == ("held", Decimal("1.5"), Decimal(3))
    assert (short.missing, short.words) == (("credits",), "Held: 1.5 of 3.0 CME")
    full = verdict(credits=(credit(date(2024, 3, 4), "3"),))
    assert (full.state, full.words) == ("issued", "Issued")


def test_credit_of_the_new_term_does_not_close_the_old_one() -> None:
    late = credit(date(2024, 12, 1), "3")
    assert verdict(credits=(late,), as_of=date(2024, 12, 1)).state == "held"


def test_credit_of_the_gap_closes_the_old_term() -> None:
    second = next_term(acmss(), applied_on=date(2025, 2, 1), previous=FIRST)
    for day, state in ((date(2025, 1, 31), "issued"), (date(2025, 2, 1), "held")):
        found = certificate_verdict(
            acmss(),
            terms=(FIRST, second),
            term=second,
            credits=[credit(day, "3")],
            certified_on=EARNED,
            waived_on=None,
            as_of=date(2025, 3, 1),
        )
        assert found.state == state


def test_a_waiver_frees_the_credit_but_not_the_credential() -> None:
    waived = date(2024, 11, 28)
    assert verdict(waived_on=waived).state == "issued"
    assert verdict(waived_on=waived, as_of=date(2024, 11, 27)).state == "held"
    bare = verdict(waived_on=waived, certified_on=None)
    assert (bare.state, bare.missing) == ("held", ("credential",))


def test_a_body_may_ask_an_approved_share_and_credit_of_the_first_term() -> None:
    term = next_term(guild(), applied_on=date(2022, 1, 1), previous=None)
    day = date(2022, 6, 1)
    plain = Credit(day, Decimal(9), day, kind="walk")
    approved = Credit(day, Decimal(3), day, kind="workshop", approved=True)
    more = Credit(day, Decimal(1), day, kind="workshop", approved=True)
    states = [
        certificate_verdict(
            guild(),
            terms=[term],
            term=term,
            credits=credits,
            certified_on=day,
            waived_on=None,
            as_of=day,
        )
        for credits in ((), (plain, approved), (plain, approved, more))
    ]
    assert [found.state for found in states] == ["held", "held", "issued"]
    assert states[1].words == "Held: 12.0 of 10.0 points, 3.0 of 4.0 approved"


def test_the_day_of_issue() -> None:
    credits = [credit(date(2024, 3, 4), "2"), credit(date(2024, 11, 28), "1")]
    assert day_of_issue(credits, as_of=date(2024, 11, 27)) is None
    assert day_of_issue(credits, as_of=date(2026, 1, 1)) == date(2024, 11, 28)


def test_once_issued_it_stays_issued() -> None:
    credits = [credit(date(2024, 3, 4), "3", until=date(2025, 1, 7))]
    held = verdict(credits=tuple(credits), as_of=date(2025, 1, 7))
    assert held.state == "held"
    assert day_of_issue(credits, as_of=date(2025, 6, 1)) == SECOND.applied_on


def test_a_credit_rejected_before_the_renewal_issues_nothing() -> None:
    credits = [credit(date(2024, 3, 4), "3", until=date(2024, 11, 25))]
    assert day_of_issue(credits, as_of=date(2025, 6, 1)) is None


def test_only_the_first_waiver_counts() -> None:
    once = waive(SECOND, on=date(2024, 12, 1))
    assert waive(once, on=date(2025, 1, 1)).waived_on == date(2024, 12, 1)


@given(lives())
def test_a_certificate_is_issued_on_the_first_day_that_allows_it(life: Life) -> None:
    if not life.terms:
        return
    last, credits = life.terms[-1], life.credits
    judge = partial(
        certificate_verdict,
        life.policy,
        terms=life.terms,
        term=last,
        credits=credits,
        certified_on=life.certified_on,
        waived_on=last.waived_on,
    )
    after = [day for day in life.days if day >= last.applied_on]
    open_days = [day for day in after if judge(as_of=day).state == "issued"]
    since = issued_on(
        life.policy,
        terms=life.terms,
        term=last,
        credits=credits,
        certified_on=life.certified_on,
        as_of=life.days[-1],
    )
    assert since == (min(open_days) if open_days else None)
