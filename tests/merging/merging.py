"""Steps that several of these files take: a second account, a report, its proof."""

from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import Duplicate, Member, Sponsorship
from accounts.services import prove_duplicate, report_duplicate
from ce_credits.models import Activity, ActivityStep, CreditAward, Proof
from certificates.models import Badge, Certificate
from core.actor import Actor
from credentials.models import Certification, StandingPeriod, Tally, Window
from renewals.models import Recertification
from renewals.services import merge_accounts, undo_merge
from tests.cast import BODY, NOW, TODAY, Cast, a_member, a_user
from tests.ce.reporting import holder

GROUND = "Both sent the same driving licence"
WHY = "Two people of one name"


def second_account(name: str = "Bob Baker", **values: Any) -> Member:  # noqa: ANN401
    """Another account under Bob's name, that no practice stands for."""
    user = a_user(f"{name} Again")
    user.email = "bob.second@mail.example"
    user.save()
    return a_member(name, None, user=user, **values)


def manager(cast: Cast) -> Actor:
    """Mona, who manages the body."""
    return Actor(cast.mona.name, user_id=cast.mona.pk)


def reported(
    member: Member, other: Member, *, program: str = BODY, now: datetime = NOW
) -> Duplicate:
    """A report whose link was sent."""
    assert other.user is not None
    return report_duplicate(
        actor=holder(member),
        member=member,
        program=program,
        email=other.user.email,
        now=now,
    )


def proved(
    member: Member, other: Member, *, program: str = BODY, now: datetime = NOW
) -> Duplicate:
    """A report whose second account was proved."""
    row = reported(member, other, program=program, now=now)
    return prove_duplicate(
        actor=holder(member), member=member, duplicate_id=row.pk, now=now
    )


def merged(cast: Cast, row: Duplicate, keep: Member, **values: Any) -> Duplicate:  # noqa: ANN401
    """Two accounts that Mona merged."""
    usual: dict[str, Any] = {"ground": GROUND, "today": TODAY, "now": NOW}
    return merge_accounts(
        actor=manager(cast), duplicate=row, keep=keep.pk, **usual | values
    )


def undone(cast: Cast, row: Duplicate, **values: Any) -> Duplicate:  # noqa: ANN401
    """A merge that Mona undid."""
    usual: dict[str, Any] = {"reason": WHY, "today": TODAY, "now": NOW}
    return undo_merge(actor=manager(cast), duplicate=row, **usual | values)


PATHS: dict[type[models.Model], str] = {
    Sponsorship: "member",
    Certification: "member",
    Window: "member",
    Certificate: "member",
    Badge: "member",
    Activity: "member",
    ActivityStep: "activity__member",
    CreditAward: "activity__member",
    Proof: "activity__member",
    Recertification: "member",
    Member: "pk",
}


def everything(member: Member) -> dict[str, list[dict[str, Any]]]:
    """All that a record has, column by column, with the standing it comes to."""
    found = {
        model.__name__: list(
            model._default_manager.filter(**{path: member.pk}).order_by("pk").values()
        )
        for model, path in PATHS.items()
    }
    return found | {"Tally": figures(member), "Standing": standing(member)}


def figures(member: Member) -> list[dict[str, Any]]:
    """What a member's cycles come to, today and on each day that changes it."""
    rows = Tally.objects.filter(member=member.pk).order_by("program", "from_on")
    ahead = rows.filter(models.Q(until_on=None) | models.Q(until_on__gt=TODAY))
    made = {"id", "recorded_at", "from_on"}
    return [
        {key: value for key, value in row.items() if key not in made}
        for row in ahead.values()
    ]


def standing(member: Member) -> list[dict[str, Any]]:
    """How somebody stands by program and day, as it is known now."""
    rows = StandingPeriod.objects.filter(member=member.pk)
    newest = {
        program: rows.filter(program=program).aggregate(n=models.Max("recording"))["n"]
        for program in rows.values_list("program", flat=True).distinct()
    }
    return [
        dict(each)
        for program, recording in sorted(newest.items())
        for each in rows.filter(program=program, recording=recording)
        .order_by("from_on")
        .values("program", "from_on", "standing")
        if each["standing"] != "none"
    ]
