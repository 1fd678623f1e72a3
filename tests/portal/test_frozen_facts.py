"""What a certificate says stays as it was issued, whoever's name it is."""

import unicodedata
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from certificates.models import Certificate
from tests.cast import NOW, Cast, a_member, certify, credit, given
from tests.pdf.reading import Paper
from tests.portal.paper import content, newest, worked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
NAMES = (
    "Nguyễn Thị Đặng",
    "Жанна Щербакова",
    "Ελένη Παπαδοπούλου",
    "محمد العربي",
    "שרה כהן",
    "अनुष्का त्रिपाठी",
    "王 小明",
    "さくら 山田",
    "김철수 한글",
    "ნინო ბერიძე",
    "சௌரி முருகன்",
)
HOSTILE = (
    "<b>Bo</b> & Sons",
    "&lt;Amp&gt; &amp;",
    "url(file:///etc/passwd) @import",
    "<img src=file:///etc/passwd> x",
    '"><script>alert(1)</script>',
    "{{7*7}} {% load static %}",
    "=HYPERLINK(1) -- 'x'",
)


def a_certificate(cast: Cast, name: str) -> Certificate:
    """Let somebody of that name join today."""
    member = a_member(name, cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member)
    return newest(member)


def letters(text: str) -> list[str]:
    """A text's letters in no order: a reader puts lines and scripts in its own."""
    return sorted(
        sign
        for sign in unicodedata.normalize("NFKD", text)
        if unicodedata.category(sign)[0] == "L"
    )


def printed(paper: Paper) -> str:
    """The name as the paper has it."""
    return paper.text.partition("certify that ")[2].partition(" Certified Medical")[0]


@pytest.mark.usefixtures("shelf", "today")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_printed_and_verified(cast: Cast, name: str) -> None:
    issued = worked(a_certificate(cast, name))
    paper = Paper(content(issued))
    assert letters(printed(paper)) == letters(name)
    assert not any(0 in glyphs for glyphs in paper.glyphs.values())
    shown = Page.of(Client().get(f"/verify/{issued.number}/"))
    assert shown.h1.startswith(name)


@pytest.mark.usefixtures("shelf", "today")
@pytest.mark.parametrize("name", HOSTILE)
def test_markup_and_addresses_in_a_name_are_text(cast: Cast, name: str) -> None:
    issued = worked(a_certificate(cast, name))
    paper = Paper(content(issued))
    assert name in paper.text
    assert "root:" not in paper.text
    assert len(paper.reader.pages) == 1
    assert paper.codes() == [f"http://localhost:8000/verify/{issued.number}/"]
    shown = Page.of(Client().get(f"/verify/{issued.number}/"))
    assert shown.h1.startswith(name)


@pytest.mark.usefixtures("shelf", "today")
@pytest.mark.parametrize("sign", ["x", "W", "龘", "<"])
def test_two_hundred_characters_stay_on_the_page(cast: Cast, sign: str) -> None:
    name = f"{sign * 100} {sign * 100}"
    issued = worked(a_certificate(cast, name))
    paper = Paper(content(issued))
    assert len(paper.reader.pages) == 1
    assert printed(paper).count(sign) == 200
    assert issued.number in paper.text


def test_a_new_name_changes_no_certificate(issued: Certificate, cast: Cast) -> None:
    worked(issued)
    first, facts = issued.sha256, issued.facts
    cast.bob.last_name = "Newname"
    cast.bob.save()
    cast.northside.name = "Southside"
    cast.northside.save()
    # As if the file had been lost and were made again.
    Certificate.objects.filter(pk=issued.pk).update(paper="waiting")
    worked(issued)
    assert issued.sha256 == first
    assert issued.facts == facts
    text = Paper(content(issued)).text
    assert "Bob Baker" in text
    assert "Northside" in text
    assert "Newname" not in text
    shown = Page.of(Client().get(f"/verify/{issued.number}/"))
    assert shown.h1.startswith("Bob Baker,")


def test_the_next_certificate_has_the_new_name(issued: Certificate, cast: Cast) -> None:
    cast.bob.last_name = "Newname"
    cast.bob.save()
    credit(cast.bob, "3.0", on=date(2026, 5, 5))
    given(cast.renewals, cast.northside, cast.bob, today=date(2026, 11, 1))
    later = Certificate.objects.get(member=cast.bob, valid_from=date(2026, 11, 17))
    assert later.facts["holder_name"] == "Bob Newname"
    issued.refresh_from_db()
    assert issued.facts["holder_name"] == "Bob Baker"


def test_a_paper_is_the_same_on_any_day(issued: Certificate) -> None:
    first = worked(issued).sha256
    Certificate.objects.filter(pk=issued.pk).update(paper="waiting")
    with time_machine.travel(NOW + timedelta(days=400)):
        assert worked(issued).sha256 == first
