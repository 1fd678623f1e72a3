"""Looking changes nothing: every page by GET and HEAD, every row before and after."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from certificates.models import Certificate
from renewals.models import TermCertificate
from tests.cast import Cast, a_member, given, seats
from tests.ce.reporting import submitted
from tests.matrix.asking import checksum

pytestmark = pytest.mark.db
PAGES = {
    "alice": (
        "/",
        "/home/",
        "/help/",
        "/status/",
        "/healthz",
        "/p/northside/",
        "/p/northside/assignments/",
        "/p/northside/assignments/?assign=renewals&member={bob}.1&form_key=x",
        "/p/northside/assignments/?view=record&member={bob}.1",
        "/p/northside/members/{bob}/",
        "/p/northside/members/{bob}/certificate/",
        "/p/northside/certificates/{certificate}.pdf",
        "/p/northside/documents/",
        "/p/northside/documents/own/new/",
    ),
    "bob": ("/", "/home/", "/me/", "/me/certificates/{certificate}.pdf"),
    "mona": (
        "/staff/acmss/",
        "/staff/acmss/?q=bob",
        "/staff/acmss/seats/",
        "/staff/acmss/seats/?practice=northside&product=renewals&count=5&reason=x",
        "/staff/acmss/members/{bob}/",
        "/staff/acmss/members/{bob}/activity/",
        "/staff/acmss/members/{bob}/certification/",
        "/staff/acmss/members/{bob}/waive/{held}/",
        "/staff/acmss/certificates/{certificate}/revoke/",
        "/staff/acmss/queue/",
        "/staff/acmss/queue/?state=all&q=bob&age=3",
        "/staff/acmss/queue/?flag=twice",
        "/staff/acmss/review/{activity}/",
        "/staff/acmss/review/{activity}/?minutes=50&outcome=accepted",
        "/staff/acmss/catalogue/",
        "/staff/acmss/catalogue/sample.csv",
        "/staff/acmss/documents/",
        "/staff/acmss/documents/new/",
    ),
    "": ("/", "/verify/", "/verify/{number}/", "/verify/?number={number}"),
}


@pytest.mark.parametrize("name", PAGES)
def test_looking_changes_nothing(
    name: str, today: date, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    seats(cast.northside, cast.renewals, 2)
    given(cast.renewals, cast.northside, cast.bob)
    a_member("Nina New", cast.northside)
    certificate = Certificate.objects.filter(member=cast.bob).first()
    assert certificate is not None
    held = TermCertificate.objects.filter(window__member=cast.bob).latest("decided_at")
    activity = submitted(cast.bob)
    client = signed_in(name) if name else Client()
    before = checksum()
    for page in PAGES[name]:
        address = page.format(
            bob=cast.bob.pk,
            certificate=certificate.pk,
            number=certificate.number,
            held=held.pk,
            activity=activity.pk,
        )
        for method in (client.get, client.head):
            assert method(address).status_code in {200, 302, 405}, address
            assert checksum() == before, address
