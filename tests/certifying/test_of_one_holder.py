"""A badge and a certificate are of the credential's own holder, whoever writes them."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import models

from accounts.models import Member
from certificates.models import Badge, Certificate
from credentials.models import Certification
from tests.cast import NOW, TODAY
from tests.db.breaking import refused
from tests.recertifying.living import BODY, a_holder

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def a_badge(member: Member, held: Certification, program: str) -> models.Model:
    return Badge.objects.create(
        member=member, certification=held, program=program, shared_at=NOW
    )


def a_paper(member: Member, held: Certification, program: str) -> models.Model:
    return Certificate.objects.create(
        member=member,
        certification=held,
        program=program,
        source_id=uuid4(),
        number=uuid4().hex,
        facts={},
        valid_from=TODAY,
        valid_until=TODAY,
        issued_on=TODAY,
        issued_at=NOW,
    )


@pytest.mark.parametrize("make", [a_badge, a_paper])
def test_none_names_the_credential_of_somebody_else_or_another_body(
    make: Callable[[Member, Certification, str], models.Model],
) -> None:
    nora, olga = a_holder("Nora North"), a_holder("Olga Ortiz")
    hers = nora.certifications.get()
    for member, program in ((olga, BODY), (nora, "acmss")):
        words = refused(lambda who=member, body=program: make(who, hers, body))  # type: ignore[misc]
        assert "certificates_" in words
    assert make(nora, hers, BODY).pk
