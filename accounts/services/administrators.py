"""Who runs a practice (A13): at least one administrator, exactly one of them named."""

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Administration, Member, Practice, User
from accounts.services.sessions import end_sessions
from accounts.services.tokens import revoke_tokens_of
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal, Stale
from core.outbox import tell


@transaction.atomic
def appoint_administrator(
    *, actor: Actor, practice: Practice, user: User, named: bool, now: datetime
) -> Administration:
    """Let somebody administer a practice, as its Practice Administrator or beside it.

    Raises:
        Refusal: they administer it already, the name is held by another, or the
            first administrator isn't to be the named one.
    """
    held = Administration.objects.filter(practice=practice, until_at=None)
    if not named and not held.filter(named=True).exists():
        raise Refusal(
            f"{practice.name} has no Practice Administrator yet. "
            "Appoint that one first."
        )
    try:
        with transaction.atomic():
            administration = Administration.objects.create(
                practice=practice, user=user, named=named, from_at=now
            )
    except IntegrityError as error:
        if held.filter(user=user).exists():
            text = f"{user.name} administers {practice.name} already."
        else:
            text = f"{practice.name} has a Practice Administrator. Hand over instead."
        raise Refusal(text) from error
    end_sessions(user=user)
    title = "Practice Administrator" if named else "an administrator"
    record(
        actor=actor,
        action="administrator.appointed",
        subject=administration,
        practice_id=practice.pk,
        sentence=f"Made {user.name} {title}",
        now=now,
    )
    return administration


@transaction.atomic
def end_administration(
    *, actor: Actor, administration: Administration, reason: str, now: datetime
) -> None:
    """End somebody's role in a practice, from the next request on, and their tokens.

    Raises:
        Refusal: they are the Practice Administrator, or the role has ended already.
    """
    name, practice = administration.user.name, administration.practice
    ended = Administration.objects.filter(
        pk=administration.pk, until_at=None, named=False
    ).update(until_at=now)
    if not ended:
        administration.refresh_from_db()
        if administration.until_at is None:
            raise Refusal(f"{name} is the Practice Administrator. Hand over first.")
        raise Refusal(f"{name} no longer administers {practice.name}.")
    end_sessions(user=administration.user)
    revoke_tokens_of(actor=actor, practice=practice, user=administration.user, now=now)
    record(
        actor=actor,
        action="administrator.ended",
        subject=administration,
        practice_id=practice.pk,
        sentence=f"Ended {name}'s role as an administrator",
        changes={"until_at": (None, now)},
        reason=reason.strip(),
        now=now,
    )


def successors_of(*, practice: Practice) -> list[User]:
    """List who may become Practice Administrator: its members, and its administrators.

    They need an account that works; the present one is not among them.
    """
    members = Member.objects.of(practice).exclude(user=None)
    held = Administration.objects.filter(practice=practice, until_at=None)
    people = User.objects.filter(is_active=True).exclude(
        pk__in=held.filter(named=True).values("user")
    )
    found = people.filter(pk__in=members.values("user")) | people.filter(
        pk__in=held.values("user")
    )
    return list(found.distinct().order_by("name", "pk"))


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    practice: Practice,
    former_id: UUID | None,
    user_id: UUID | None,
    keep: str = "",
    now: datetime,
) -> Administration:
    """Make somebody else Practice Administrator; the former's role ends at once (A13).

    Both are told by mail. Their sessions end, so that what they may do begins anew, and
    the former's tokens.

    Args:
        actor: the administrator who does it.
        practice: whose administrator changes.
        former_id: the administration that the page showed.
        user_id: who is to be it, of `successors_of`.
        keep: the session in which it is done, which goes on with fewer rights.
        now: the instant, UTC.

    Raises:
        NotUsable: nobody of the list was chosen.
        Stale: the Practice Administrator changed meanwhile.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)
    former = (
        Administration.objects.filter(practice=practice, named=True, until_at=None)
        .select_related("user")
        .first()
    )
    if former is None or former.pk != former_id:
        raise Stale("The Practice Administrator changed meanwhile. Look again.")
    user = next(
        (each for each in successors_of(practice=practice) if each.pk == user_id), None
    )
    if user is None:
        text = "Choose one of the list."
        raise NotUsable(text, [FieldProblem("person", text, "invalid_choice")])
    held = Administration.objects.filter(practice=practice, until_at=None)
    # The former's ends first: the database holds one at a time.
    held.filter(pk=former.pk).update(until_at=now)
    held.filter(user=user).update(until_at=now)
    made = Administration.objects.create(
        practice=practice, user=user, named=True, from_at=now
    )
    for each in (former.user, user):
        end_sessions(user=each, keep=keep)
    revoke_tokens_of(actor=actor, practice=practice, user=former.user, now=now)
    record(
        actor=actor,
        action="administrator.handed_over",
        subject=made,
        practice_id=practice.pk,
        sentence=f"Made {user.name} Practice Administrator after {former.user.name}",
        changes={"practice_administrator": (former.user.name, user.name)},
        now=now,
    )
    _tell_both(practice, former.user, user, actor, now)
    return made


def _tell_both(
    practice: Practice, former: User, user: User, actor: Actor, now: datetime
) -> None:
    place = reverse("practice_home", kwargs={"practice": practice.slug})
    for each, path in ((former, reverse("home")), (user, place)):
        tell(
            kind="administrator_changed",
            subject_id=uuid4(),
            recipient=each.email,
            payload={
                "practice": practice.name,
                "name": each.name,
                "former": former.name,
                "administrator": user.name,
                "begins": each == user,
                "by": actor.label,
                "url": f"{settings.BASE_URL}{path}",
            },
            practice_id=practice.pk,
            now=now,
        )
