"""Registering somebody who passed a body's exam and stands nowhere yet."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Member
from accounts.services import register_person
from core.actor import Actor
from core.failures import FieldProblem, NotUsable
from core.outbox import tell
from core.turns import take_turn
from credentials.models import Certification
from credentials.policy import day_words, policy_for
from credentials.services.certifying import Earned, earn

REGISTERED = "registered"


@transaction.atomic
def register_certificant(
    *,
    actor: Actor,
    first_name: str,
    last_name: str,
    email: str,
    earned: Earned,
    today: date,
    now: datetime,
) -> Certification:
    """Put somebody on a body's register with their first credential, and write to them.

    Their first cycle begins by the pack. The same number for the same person again is
    answered with what stands. Whether the address had an account is not said: neither
    by the answer nor by the mail.

    Args:
        today: the day it is in the body's zone.

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: what can't be used, the number is taken, or the body knows the
            person already.
    """
    # Whoever registers the same address meanwhile waits, and finds it done.
    take_turn(f"register {email.strip().lower()}")
    known = _known(earned.program, email)
    if known:
        return _same(known, earned, f"{first_name} {last_name}")
    member = register_person(first_name=first_name, last_name=last_name, email=email)
    made = earn(
        actor=actor,
        member=member,
        earned=earned,
        today=today,
        now=now,
        action="certificant.registered",
        said="Registered",
    )
    _tell(made, first_name.strip(), email.strip().lower(), now)
    return made


def _known(program: str, email: str) -> Member | None:
    """Find whom the body knows by an address: its own people, nobody else's."""
    address = email.strip()
    theirs = Q(email__iexact=address) | Q(user__email__iexact=address)
    return Member.objects.of_program(program).filter(theirs).first()


def _same(known: Member, earned: Earned, name: str) -> Certification:
    """Give back what stands, where it is what was asked for again."""
    held = Certification.objects.filter(member=known, program=earned.program)
    number = earned.number.strip()
    same = held.filter(code=earned.code, earned_on=earned.earned_on, number=number)
    found = same.first()
    if found and known.name.casefold().split() == name.casefold().split():
        return found
    text = f"{known.name} is on your register with this address. "
    text += "Record the credential on their page."
    raise NotUsable(text, [FieldProblem("email", text, "taken")])


def _tell(made: Certification, name: str, address: str, now: datetime) -> None:
    policy = policy_for(made.program, on=made.earned_on)
    (title,) = (each.title for each in policy.credentials if each.code == made.code)
    path = reverse("me")
    tell(
        kind=REGISTERED,
        subject_id=made.pk,
        recipient=address,
        program=made.program,
        payload={
            "practice": policy.body_name,
            "name": name,
            "credential": f"{title} ({made.code})",
            "number": made.number,
            "date_text": day_words(made.earned_on),
            "email": address,
            "url": f"{settings.BASE_URL}{path}?program={made.program}",
        },
        now=now,
    )
