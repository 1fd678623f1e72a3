"""Reports of two accounts: one that waits for its link, and one for each body."""

from uuid import uuid4

from accounts.models import Duplicate, Member
from accounts.services.reporting_duplicates import signed_duplicate
from tests.cast import BODY, NOW, OTHER_BODY, Cast, a_member, a_user
from tests.matrix.things import Thing


def merging_things(cast: Cast) -> dict[str, Thing]:
    """Let Bob and Charlie report an account each, and two others have proved theirs."""
    both = _proved(cast, "Dee", BODY), _proved(cast, "Don", OTHER_BODY)
    ours = _asked(cast.bob, BODY, "two.0@mail.example")
    theirs = _asked(cast.charlie, BODY, "two.1@mail.example")
    return {
        "link of a report": Thing(_link(ours), _link(theirs), _link_to_none()),
        "own report over REST": Thing.rows(ours, theirs, "dup"),
        "report of two accounts": Thing.rows(*both),
        "report of two accounts over REST": Thing.rows(*both, "dup"),
    }


def _link_to_none() -> str:
    return signed_duplicate(duplicate_id=uuid4())


def _link(row: Duplicate) -> str:
    return signed_duplicate(duplicate_id=row.pk)


def _asked(member: Member, program: str, email: str) -> Duplicate:
    user = a_user(f"Two {member.last_name}")
    user.email = email
    user.save()
    a_member(member.name, None, user=user)
    return Duplicate.objects.create(
        program=program,
        member=member,
        email=email,
        asked_at=NOW,
        expires_at=NOW.replace(year=NOW.year + 9),
        state=Duplicate.State.ASKED,
    )


def _proved(cast: Cast, name: str, program: str) -> Duplicate:
    first = a_member(
        f"{name} Double", cast.northside, user=a_user(f"{name} Once"), program=program
    )
    second = a_member(
        f"{name} Double", None, user=a_user(f"{name}two Twice"), program=program
    )
    assert second.user is not None
    return Duplicate.objects.create(
        program=program,
        member=first,
        email=second.user.email,
        asked_at=NOW,
        expires_at=NOW,
        other=second,
        proved_at=NOW,
        state=Duplicate.State.PROVED,
    )
