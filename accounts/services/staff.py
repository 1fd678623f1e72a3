"""A certifying body's people."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import StaffRole, User
from accounts.services.body_tokens import revoke_body_tokens_of
from accounts.services.sessions import end_sessions
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal


@transaction.atomic
def appoint_staff(
    *, actor: Actor, user: User, program: str, role: str, now: datetime
) -> StaffRole:
    """Let somebody work for a body as a reviewer or manager; a former role ends.

    With a manager's end the tokens they made for the body.

    Raises:
        NotUsable: there is no such role.
        Refusal: they hold that role already.
    """
    if role not in StaffRole.Role.values:
        text = "Choose reviewer or manager."
        raise NotUsable(text, [FieldProblem("role", text)])
    held = StaffRole.objects.filter(user=user, program=program, until_at=None)
    former = held.first()
    refusal = Refusal(f"{user.name} is a {role} of {program} already.")
    if former and former.role == role:
        raise refusal
    held.update(until_at=now)
    try:
        with transaction.atomic():
            staff_role = StaffRole.objects.create(user=user, program=program, role=role)
    except IntegrityError as error:
        raise refusal from error
    end_sessions(user=user)
    record(
        actor=actor,
        action="staff.appointed",
        subject=staff_role,
        program=program,
        sentence=f"Made {user.name} a {role}",
        changes={"role": (former.role if former else None, role)},
        now=now,
    )
    if former and former.role == StaffRole.Role.MANAGER:
        revoke_body_tokens_of(actor=actor, program=program, user=user, now=now)
    return staff_role
