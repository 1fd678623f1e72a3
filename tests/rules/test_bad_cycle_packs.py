"""A wrong plan of cycles stops the start: the error names file, place and reason."""

import pytest

from credentials.policy import NoSuchPlanError, PolicyError
from tests.rules.packs_of_tests import acmss, choir, load_bent

TWO_YEARS = 'years = 2\nends = "06-15"'
FIRST_NEED = "credits = 8\napproved = 3\nextension = 4"
FIRST_TIME = "credentials = 2\nfirst_time = true"
LATE = 'until = "09-30"\nfee = 7.50'
EXTENSION = 'asked_until = 12:00:00\nuntil = "10-31"\nfee = 5.00'
GRACE = 'until = "02-28"\nfee = 40.00'
NOTICE = 'code = "grace_ends"\nanchor = "grace_ends"\ndays_before = 14'
ONE_PRICE = "credentials = 1\nmembers = 20.00\nothers = 30.00"
APPEARS = "from_days = 3\nto_days = 5"
BY_LEVEL = 'per = "term"\nby_level = true'
YEARLY = 'kinds = ["masterclass"]\nper = "year"'


CERTIFICATE = 'title = "Diploma"\nnumber_prefix = "CHOIR"'
DAYS = 'recertified = "leads on"\nbusiness_days = 4\nrule = "Y14"\nsource = "C1"'
BADGE = 'criteria = ["Sang before the jury."]\nrule = "Y14"'


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("[certificate]\n", "[certificates]\n", "certificate", "is missing"),
        (CERTIFICATE, 'number_prefix = "CHOIR"', "certificate.title", "is missing"),
        (CERTIFICATE, 'title = "Diploma"', "certificate.number_prefix", "is missing"),
        (CERTIFICATE, f"{CERTIFICATE}\nseal = 4", "certificate.seal", "must be text"),
        (CERTIFICATE, f"{CERTIFICATE}\ncolour = 4", "certificate.colour", "unknown"),
        ("has sung before the jury and leads", "", "certificate.earned", ""),
        (DAYS, DAYS.replace("4", "0"), "certificate.business_days", "above zero"),
        (DAYS, DAYS.replace("4", "1.5"), "certificate.business_days", "whole number"),
        (DAYS, DAYS.replace('rule = "Y14"\n', ""), "certificate.rule", "is missing"),
        (DAYS, DAYS.replace('"C1"', '"C9"'), "certificate.source", ""),
        (BADGE, 'criteria = []\nrule = "Y14"', "badge.criteria", "stands for"),
        (BADGE, 'criteria = [4]\nrule = "Y14"', "badge.criteria", "text"),
        (BADGE, 'criteria = "Sang"\nrule = "Y14"', "badge.criteria", "list"),
        (BADGE, 'rule = "Y14"', "badge.criteria", "is missing"),
        (BADGE, 'criteria = ["Sang before the jury."]', "badge.rule", "is missing"),
        (BADGE, f"{BADGE}\nimage = 4", "badge.image", "unknown key"),
    ],
)
def test_what_it_certifies_with(old: str, new: str, place: str, reason: str) -> None:
    expect_fault(old, new, place, reason)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("[cycle]\n", "[cycles]\n", "term", "is missing"),
        (TWO_YEARS, 'years = 0\nends = "06-15"', "cycle.years", "above zero"),
        (TWO_YEARS, 'years = 2.5\nends = "06-15"', "cycle.years", "a whole number"),
        (TWO_YEARS, 'ends = "06-15"', "cycle.years", "is missing"),
        (TWO_YEARS, "years = 2", "cycle.ends", "is missing"),
        (TWO_YEARS, 'years = 2\nends = "06-31"', "cycle.ends", 'no day such as "12'),
        (TWO_YEARS, 'years = 2\nends = "June"', "cycle.ends", "no day such as"),
        (TWO_YEARS, 'years = 2\nends = "02-29"', "cycle.ends", "that every year has"),
        (TWO_YEARS, "years = 2\nends = 2024-06-15", "cycle.ends", "must be text"),
        (TWO_YEARS, f"{TWO_YEARS}\nmonths = 1", "cycle.months", "unknown key"),
        ('[counting]\nrule = "Y4"', "[counting]", "counting.rule", "is missing"),
        ('[counting]\nrule = "Y4"\nsource = "C1"\n', "", "counting", "is missing"),
        ('[counting]\nrule = "Y4"', '[counting]\ndays = 1\nrule = "Y4"', ".days", "un"),
    ],
)
def test_the_cycle_itself(old: str, new: str, place: str, reason: str) -> None:
    expect_fault(old, new, place, reason)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        (FIRST_NEED, "credits = 8\napproved = 9\nextension = 4", "approved", "more"),
        (FIRST_NEED, "credits = 8\napproved = 3\nextension = 9", "extension", "more"),
        (FIRST_NEED, "credits = -8\napproved = 3\nextension = 4", "credits", "negat"),
        (FIRST_NEED, 'credits = "8"\napproved = 3\nextension = 4', "credits", "number"),
        (FIRST_NEED, "credits = 8\nextension = 4", "needs[1].approved", "is missing"),
        (FIRST_NEED, "credits = 8\napproved = 3", "needs[1].extension", "is missing"),
        (FIRST_NEED, f"{FIRST_NEED}\nhours = 1", "needs[1].hours", "unknown key"),
        (f"credentials = 1\n{FIRST_NEED}", FIRST_NEED, "needs[1].credentials", "missi"),
        (
            f"credentials = 1\n{FIRST_NEED}",
            f"credentials = 0\n{FIRST_NEED}",
            "needs[1].credentials",
            "above zero",
        ),
        (
            f"credentials = 1\n{FIRST_NEED}",
            f"credentials = 4\n{FIRST_NEED}",
            "needs",
            "whoever holds one",
        ),
        (
            f"credentials = 1\n{FIRST_NEED}",
            f"credentials = 1\nfirst_time = true\n{FIRST_NEED}",
            "needs",
            "whoever holds one",
        ),
        (FIRST_TIME, "credentials = 2", "needs", "say twice what is asked with 2"),
        (
            FIRST_TIME,
            "credentials = 3\nfirst_time = true",
            "needs",
            "say nothing of 3 but the first time",
        ),
        (FIRST_TIME, "credentials = 2\nfirst_time = 1", "needs[3].first_time", "true"),
        (
            ONE_PRICE,
            "credentials = 1\nmembers = 31\nothers = 30.00",
            "recertification[1].members",
            "must not pay more than others",
        ),
        (
            ONE_PRICE,
            "credentials = 2\nmembers = 20.00\nothers = 30.00",
            "recertification",
            "whoever holds one",
        ),
        (
            "credentials = 3\nmembers",
            "credentials = 1\nmembers",
            "recertification",
            "say twice what is asked with 1",
        ),
        (ONE_PRICE, "credentials = 1\nmembers = 20", "[1].others", "is missing"),
        (ONE_PRICE, f"{ONE_PRICE}\nall = 1", "recertification[1].all", "unknown key"),
        ('currency = "EUR"\n', "", "currency", "is missing"),
    ],
)
def test_needs_and_prices(old: str, new: str, place: str, reason: str) -> None:
    expect_fault(old, new, place, reason)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('opens = "11-01"', 'opens = "11"', "application.opens", "no day such as"),
        ('opens = "11-01"\n', "", "application.opens", "is missing"),
        ("weeks = [2]", "weeks = 2", "application.review.weeks", "a list"),
        ("weeks = [2]", "weeks = [0]", "application.review.weeks", "above zero"),
        ("weeks = [2]", "weeks = []", "application.review.weeks", "one number"),
        ("weeks = [2]", "weeks = [3, 2]", "review.weeks", "the fewest and the most"),
        ("weeks = [2]", "weeks = [2]\ndays = 1", "review.days", "unknown key"),
        ("weeks = [2]\n", "", "application.review.weeks", "is missing"),
        (LATE, 'until = "09-30"', "application.late.fee", "is missing"),
        (LATE, 'until = "09-30"\nfee = -1', "application.late.fee", "negative"),
        (LATE, "fee = 7.50", "application.late.until", "is missing"),
        (LATE, 'until = "03-01"\nfee = 7.50', "late.until", "not be after the grace"),
        (LATE, f"{LATE}\nfrom = 1", "application.late.from", "unknown key"),
        (EXTENSION, EXTENSION.replace("12:00:00", "12"), "asked_until", "an hour"),
        (EXTENSION, EXTENSION.replace("10-31", "03-01"), "extension.until", "after"),
        (EXTENSION, EXTENSION.replace("10-31", "06-15"), "extension.until", "after"),
        (EXTENSION, EXTENSION.replace("fee = 5.00", ""), "extension.fee", "is missing"),
        (EXTENSION, f"{EXTENSION}\nweeks = 1", "extension.weeks", "unknown key"),
        (GRACE, 'until = "08-01"\nfee = 40.00', "late.until", "not be after the grace"),
        (GRACE, 'until = "02-28"\nfee = "40"', "grace.fee", "a number"),
        (GRACE, f"{GRACE}\nweeks = 1", "grace.weeks", "unknown key"),
        (NOTICE, NOTICE.replace('= "grace_ends"\nd', '= "never"\nd'), "anchor", "none"),
        (NOTICE, NOTICE.replace("14", "-1"), "notices[2].days_before", "negative"),
        (
            NOTICE,
            NOTICE.replace("14", "600"),
            "notices[2].days_before",
            "lead to before",
        ),
        (NOTICE, f"{NOTICE}\nhour = 1", "notices[2].hour", "unknown key"),
        (
            NOTICE,
            NOTICE.replace('code = "grace_ends"', 'code = "window_opens"'),
            "notices",
            '"window_opens" occurs twice',
        ),
        ('ended = "Silent since"\n', "", "words.ended", "is missing"),
        ('current = "In voice"', 'current = ""', "words.current", "not empty"),
    ],
)
def test_days_fees_and_words(old: str, new: str, place: str, reason: str) -> None:
    expect_fault(old, new, place, reason)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("credits = 1.5\nstep", "credits = 0\nstep", "kinds[3].credits", "above zero"),
        ("credits = 1.5\nstep", "step", "kinds[3].credits", "is missing"),
        ("credits = 1.5\nstep = 0.5\n", "credits = 1.5\n", "kinds[3].step", "missing"),
        ("housekeeping = 5", "housekeeping = 45", "housekeeping", "less than the unit"),
        ("housekeeping = 5", "housekeeping = 2.5", "housekeeping", "a whole number"),
        ("housekeeping = 5", "housekeeping = -1", "housekeeping", "negative"),
        ('paid_says = "whoever', 'paid_say = "whoever', "kinds[2].paid_say", "unknown"),
        (APPEARS, "from_days = 0\nto_days = 5", "appears.from_days", "above zero"),
        (APPEARS, "from_days = 6\nto_days = 5", "appears.to_days", "not be before"),
        (APPEARS, "from_days = 3", "kinds[3].appears.to_days", "is missing"),
        (APPEARS, f"{APPEARS}\nhours = 1", "kinds[3].appears.hours", "unknown key"),
        (YEARLY, YEARLY.replace("year", "month"), "largest[1].per", "none of"),
        (YEARLY, YEARLY.replace('"m', '"M'), "largest[1].kinds", "none of"),
        (YEARLY, 'kinds = []\nper = "year"', "largest[1].kinds", "at least one kind"),
        (BY_LEVEL, 'per = "term"\nby_level = 1', "largest[2].by_level", "true or"),
        ('says = "one class a year counts"\n', "", "largest[1].says", "is missing"),
        ("[once]\n", "[once]\nkinds = []\n", "once.kinds", "unknown key"),
        ('[once]\nrule = "Y21"', "[once]", "once.rule", "is missing"),
    ],
)
def test_kinds_and_what_counts_once(
    old: str, new: str, place: str, reason: str
) -> None:
    expect_fault(old, new, place, reason)


def test_a_pack_has_one_plan_and_says_so() -> None:
    expect_fault("[cycle]\n", "[term]\nmonths = 12\n\n[cycle]\n", "term", "unknown key")
    with pytest.raises(NoSuchPlanError, match="does not run by terms"):
        _ = choir().terms
    with pytest.raises(NoSuchPlanError, match="does not run by cycles"):
        _ = acmss().cycles


def test_what_every_plan_says() -> None:
    pack = choir()
    assert pack.currency == "EUR"
    assert pack.public_words == ("In voice", "Silent since")
    assert pack.cycles.application.review_weeks == (2,)
    assert [each.anchor for each in pack.cycles.notices] == ["opens", "grace_ends"]
    appears = [each.appears for each in pack.kinds if each.appears]
    assert [(each.from_days, each.to_days) for each in appears] == [(3, 5)]


def expect_fault(old: str, new: str, place: str, reason: str) -> None:
    """A pack with this change is refused at this place for this reason."""
    with pytest.raises(PolicyError) as caught:
        load_bent("choir", {old: new})
    assert caught.value.file.startswith("choir-")
    assert caught.value.place.endswith(place)
    assert reason in caught.value.reason
