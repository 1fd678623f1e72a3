"""The people every test knows.

Alice administers Northside, Bob holds the credential there, Charlie belongs to another
practice (Lakeview), which Frank administers. Erin reviews for the body, Mona manages
it; Rita reviews for another body. Sam signs in but belongs nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from accounts.models import (
    Administration,
    ApiToken,
    BodyToken,
    Member,
    Practice,
    Sponsorship,
    StaffRole,
    User,
)
from ce_credits.models import Activity, ActivityStep, CreditAward, Proof
from core.actor import Actor
from credentials.models import AssignmentBatch, Certification, Product, SeatPool
from credentials.services import Pick, assign, grant_seats, install_products

BODY = "acmss"
OTHER_BODY = "another"
PASSWORD = "correct horse battery staple"
TODAY = date(2025, 11, 17)
NOW = datetime(2025, 11, 17, 18, 0, tzinfo=UTC)
TESTER = Actor.system("tests")


@dataclass(frozen=True)
class Cast:
    """Everybody and everything the cast stands on."""

    northside: Practice
    lakeview: Practice
    alice: User
    bob: Member
    charlie: Member
    frank: User
    erin: User
    mona: User
    rita: User
    sam: User
    renewals: Product
    membership: Product

    def user(self, name: str) -> User:
        """The person who signs in under a name of the cast."""
        found: User | Member = getattr(self, name)
        if isinstance(found, Member):
            assert found.user is not None
            return found.user
        return found


def a_user(name: str) -> User:
    """Somebody who signs in."""
    address = f"{name.split()[0].lower()}@{'-'.join(name.lower().split())}.example"
    return User.objects.create_user(address, PASSWORD, name=name)


def a_practice(name: str) -> Practice:
    """A practice without anybody."""
    return Practice.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def an_administrator(name: str, practice: Practice, *, named: bool = True) -> User:
    """Somebody who administers a practice."""
    user = a_user(name)
    Administration.objects.create(
        practice=practice, user=user, named=named, from_at=NOW
    )
    return user


def a_member(
    name: str,
    practice: Practice | None,
    *,
    user: User | None = None,
    mode: str = "manual",
    program: str = BODY,
    from_on: date = date(2023, 1, 1),
) -> Member:
    """A person on the registry, sponsored by a practice where one is given."""
    first, _, last = name.partition(" ")
    member = Member.objects.create(
        first_name=first,
        last_name=last,
        email=user.email if user else f"{first.lower()}.{uuid4().hex[:6]}@mail.example",
        user=user,
    )
    if practice is not None:
        Sponsorship.objects.create(
            practice=practice,
            member=member,
            program=program,
            from_on=from_on,
            renewal_mode=mode,
        )
    return member


def certify(
    member: Member,
    *,
    on: date = date(2023, 1, 1),
    program: str = BODY,
    code: str = "CMSS",
    nth: int = 1,
) -> Certification:
    """Give a member a body's credential, without anybody reacting; the nth of it."""
    return Certification.objects.create(
        member=member,
        program=program,
        code=code,
        number=f"{code}-{uuid4().hex[:9].upper()}",
        earned_on=on,
        nth=nth,
        proof="seen",
        recorded_by="tests",
        recorded_at=NOW,
    )


def credit(
    member: Member,
    amount: str,
    *,
    on: date,
    program: str = BODY,
    kind: str = "webinar",
    title: str = "",
    **award: object,
) -> CreditAward:
    """Give a member credit for a day, without anybody reacting."""
    title = title or f"Webinar of {on}"
    activity = Activity.objects.create(
        member=member,
        program=program,
        kind=kind,
        title=title,
        on=on,
        minutes=60,
        state=Activity.State.ACCEPTED,
        version=1,
        reported_by="tests",
        proof="seen",
        created_at=NOW,
        changed_at=NOW,
        submitted_at=NOW,
    )
    ActivityStep.objects.create(
        activity=activity, number=1, kind="recorded", by="tests", on=on, at=NOW
    )
    given = {
        "title": title,
        "credits": Decimal(amount),
        "unit": "CME",
        "rule": "A4",
        "policy": "acmss@2017-01-01",
        "explanation": f"{amount} CME",
        "reasons": [],
        "counts_from": on,
        "decided_by": "tests",
        "decided_at": NOW,
    }
    return CreditAward.objects.create(
        activity=activity, sequence=1, on=on, kind=kind, **(given | award)
    )


def a_proof(
    activity: Activity,
    *,
    content: str = "",
    key: str = "",
    said: Mapping[str, object] | None = None,
    name: str = "certificate.pdf",
) -> Proof:
    """Put a proof on an activity; its file is there where its key is given."""
    mark = sha256((content or uuid4().hex).encode()).hexdigest()
    return Proof.objects.create(
        activity=activity,
        said=dict(said or {}),
        file_key=key or f"proofs/{uuid4().hex}",
        kind=Proof.Kind.PDF,
        name=name,
        sha256=mark,
        stored_sha256=mark,
        size=9,
        pages=1,
        added_by="tests",
        added_at=NOW,
    )


def seats(practice: Practice, product: Product, count: int) -> SeatPool:
    """Give a practice seats of a product."""
    return grant_seats(
        actor=TESTER,
        practice=practice,
        product=product,
        count=count,
        reason="for a test",
        key=uuid4().hex,
        now=NOW,
    )


def given(
    product: Product, practice: Practice, *members: Member, today: date = TODAY
) -> AssignmentBatch:
    """Assign a product to members, with the seats it takes."""
    seats(practice, product, len(members))
    return assign(
        actor=TESTER,
        practice=practice,
        product=product,
        picks=[Pick(member.pk) for member in members],
        form_key=uuid4().hex,
        today=today,
        now=NOW,
    )


def a_body_token(program: str, creator: User) -> BodyToken:
    """A body's token whose secret nobody knows; for tests that need only the row."""
    return BodyToken.objects.create(
        program=program,
        name="Academy",
        prefix="gsb_live_0000",
        token_hash=uuid4().hex * 2,
        created_by=creator,
        created_at=NOW,
        expires_at=NOW + timedelta(days=30),
    )


def a_token(practice: Practice, creator: User, scopes: Sequence[str] = ()) -> ApiToken:
    """A token row whose secret nobody knows; for tests that need only the row."""
    return ApiToken.objects.create(
        practice=practice,
        name="Payroll",
        prefix="cep_live_xxxx",
        token_hash=uuid4().hex * 2,
        scopes=list(scopes),
        created_by=creator,
        created_at=NOW,
        expires_at=NOW + timedelta(days=365),
    )


def full_cast() -> Cast:
    """Make everybody: Bob's term ended on Nov 2, 2025, with three credits in it."""
    install_products()
    northside, lakeview = a_practice("Northside"), a_practice("Lakeview")
    renewals = Product.objects.get(program=BODY, code="renewals")
    membership = Product.objects.get(program=BODY, code="membership")
    bob = a_member("Bob Baker", northside, user=a_user("Bob Baker"))
    charlie = a_member("Charlie Chen", lakeview, user=a_user("Charlie Chen"))
    for member, practice in ((bob, northside), (charlie, lakeview)):
        certify(member)
        given(membership, practice, member, today=date(2024, 11, 3))
        credit(member, "3.0", on=date(2025, 5, 5))
    erin, mona, rita = a_user("Erin Ellis"), a_user("Mona Moss"), a_user("Rita Reed")
    for user, body, role in (
        (erin, BODY, "reviewer"),
        (mona, BODY, "manager"),
        (rita, OTHER_BODY, "reviewer"),
    ):
        StaffRole.objects.create(user=user, program=body, role=role)
    return Cast(
        northside=northside,
        lakeview=lakeview,
        alice=an_administrator("Alice Adams", northside),
        bob=bob,
        charlie=charlie,
        frank=an_administrator("Frank Foster", lakeview),
        erin=erin,
        mona=mona,
        rita=rita,
        sam=a_user("Sam Stone"),
        renewals=renewals,
        membership=membership,
    )
