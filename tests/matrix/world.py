"""Who asks, and what they ask for: the cast, with keys, links and things of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from accounts.access import TOKEN_SCOPES
from accounts.models import (
    Administration,
    ApiToken,
    Invitation,
    Member,
    Practice,
    Sponsorship,
    StaffRole,
    User,
)
from accounts.services import invite
from accounts.services.tokens import create_token, revoke_token
from certificates.models import Certificate
from certificates.services import claim_paper, keep_paper
from core.models import OutboxMessage
from credentials.models import Assignment
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_token,
    a_user,
    an_administrator,
    certify,
    full_cast,
    seats,
)
from tests.matrix.bodies import staff_things
from tests.matrix.ce_world import ce_things
from tests.matrix.things import Thing
from tests.signing import an_app_of, open_session

# Actors who sign in, by what they are to Northside and to Bob.
BOTH = "holder who administers elsewhere"
TWO_BODIES = "reviewer who manages another body"
SIGNED = {
    "stranger": "sam",
    "member": "bob",
    "foreign member": "charlie",
    "administrator": "alice",
    "foreign administrator": "frank",
    "reviewer": "erin",
    "manager": "mona",
    "reviewer of another body": "rita",
}
FORMER = "former administrator"
DEACTIVATED = "deactivated administrator"
FORMER_HOLDER = "former holder"
FORMER_MANAGER = "former manager"
SIGNED_OUT = "signed out"
TOKENS = (
    "token",
    "token of another practice",
    "token without the scope",
    "revoked token",
    "expired token",
)
ACTORS = (
    SIGNED_OUT,
    *SIGNED,
    "colleague",
    BOTH,
    FORMER_HOLDER,
    TWO_BODIES,
    FORMER_MANAGER,
    FORMER,
    DEACTIVATED,
    *TOKENS,
)
# Somebody else's thing may be theirs.
FOREIGNERS = {
    "foreign member",
    "foreign administrator",
    "reviewer of another body",
    "token of another practice",
    BOTH,
    TWO_BODIES,
}


@dataclass(frozen=True)
class World:
    """The cast, what they own, and a browser or a program for each actor."""

    cast: Cast
    things: Mapping[str, Thing]
    clients: Mapping[tuple[str, str], Client]

    def client(self, actor: str, scope: str = "") -> Client:
        """Give the actor's browser; for a token, the program that has the scope."""
        if actor in TOKENS:
            return self.clients[actor, scope or TOKEN_SCOPES[0]]
        return self.clients[actor, ""]


def make_clients(cast: Cast) -> Iterator[tuple[tuple[str, str], Client]]:
    """Sign everybody in, and give programs a token for each scope."""
    yield (SIGNED_OUT, ""), Client(raise_request_exception=False)
    for actor, name in SIGNED.items():
        yield (actor, ""), browser(cast.user(name))
    for actor, user in _of_both_sides(cast):
        yield (actor, ""), browser(user)
    former = an_administrator("Fay Former", cast.northside, named=False)
    deactivated = an_administrator("Dan Deactivated", cast.northside, named=False)
    yield (FORMER, ""), browser(former)
    yield (DEACTIVATED, ""), browser(deactivated)
    # They lose their right while they are signed in.
    Administration.objects.filter(user=former).update(until_at=NOW)
    User.objects.filter(pk=deactivated.pk).update(is_active=False)
    StaffRole.objects.filter(user__name="Moe Manager").update(until_at=NOW)
    for actor in TOKENS:
        for scope in TOKEN_SCOPES:
            secret = _secret(cast, actor, scope)
            header = {"authorization": f"Bearer {secret}"}
            client = Client(raise_request_exception=False, headers=header)
            yield (actor, scope), client


def _of_both_sides(cast: Cast) -> Iterator[tuple[str, User]]:
    """Make those who belong here in part, or did until today."""
    yield "colleague", a_holder("Cora Colleague", cast.northside)
    both = a_holder("Hal Holder", cast.northside)
    Administration.objects.create(practice=cast.lakeview, user=both, from_at=NOW)
    yield BOTH, both
    gone = a_holder("Gus Gone", cast.northside)
    Sponsorship.objects.filter(member__user=gone).update(until_on=TODAY)
    yield FORMER_HOLDER, gone
    reviewer, manager = a_user("Ravi Reviewer"), a_user("Moe Manager")
    for user, body, role in (
        (reviewer, BODY, "reviewer"),
        (reviewer, OTHER_BODY, "manager"),
        (manager, BODY, "manager"),
    ):
        StaffRole.objects.create(user=user, program=body, role=role)
    yield TWO_BODIES, reviewer
    yield FORMER_MANAGER, manager


def a_holder(name: str, practice: Practice) -> User:
    """Somebody whom a practice sponsors, with an account and the credential."""
    user = a_user(name)
    certify(a_member(name, practice, user=user))
    return user


def browser(user: User) -> Client:
    """Sign somebody in."""
    return open_session(Client(raise_request_exception=False), user)


def _secret(cast: Cast, actor: str, scope: str) -> str:
    foreign = actor == "token of another practice"
    practice = cast.lakeview if foreign else cast.northside
    scopes = [scope]
    if actor == "token without the scope":
        scopes = [each for each in TOKEN_SCOPES if each != scope]
    made = create_token(
        actor=TESTER,
        user=cast.frank if foreign else cast.alice,
        practice=practice,
        name=actor,
        scopes=scopes,
        expires_at=NOW + timedelta(days=30),
        now=NOW,
    )
    if actor == "expired token":
        ApiToken.objects.filter(pk=made.token.pk).update(expires_at=NOW)
    if actor == "revoked token":
        revoke_token(actor=TESTER, practice=practice, token_id=made.token.pk, now=NOW)
    return made.secret


def make_world() -> World:
    """Make the cast, and for both practices one of each thing an address names."""
    cast = full_cast()
    homes = (cast.northside, cast.lakeview)
    for practice in homes:
        seats(practice, cast.renewals, 5)
    nora = a_member("Nora North", cast.northside)
    letters = [_invitation(practice) for practice in homes]
    papers = [_paper(practice) for practice in homes]
    given = [Assignment.objects.filter(practice=each)[0] for each in homes]
    things = {
        "practice": Thing(cast.northside.slug, cast.lakeview.slug, "nowhere"),
        "program": Thing(BODY, OTHER_BODY, "nobody"),
        **_people(cast, nora),
        "message of the body": Thing.rows(_message(BODY), _message(OTHER_BODY)),
        "failed certificate of the body": Thing.rows(
            _failed(nora, BODY), _failed(nora, OTHER_BODY)
        ),
        **staff_things(cast, papers[0]),
        "certificate": Thing.rows(papers[0], papers[1]),
        "certificate over REST": Thing.rows(papers[0], papers[1], "crt"),
        "number": Thing(papers[0].number, papers[1].number, "0000"),
        "assignment over REST": Thing.rows(given[0], given[1], "asn"),
        "invitation": Thing.rows(letters[0], letters[1]),
        "link": Thing(_link(letters[0]), _link(letters[1]), "no-such-link"),
        "token": Thing.rows(
            a_token(cast.northside, cast.alice), a_token(cast.lakeview, cast.frank)
        ),
        "reset link's person": Thing("0", "1", "2"),
        "reset link's key": Thing("a", "b", "c"),
        "letter": Thing("letter", "letter", "no-such-letter"),
        "enclosed": Thing("0", "0", "9"),
        **_of_accounts(cast),
        "problem": Thing("not-found", "forbidden", "no-such-problem"),
        **ce_things(cast),
    }
    return World(cast, things, dict(make_clients(cast)))


def _people(cast: Cast, nora: Member) -> dict[str, Thing]:
    """Name people: Bob and Nora are ours, one left, the others never came."""
    left = a_member("Lee Left", cast.northside)
    left.sponsorships.update(until_on=TODAY)
    return {
        "person": Thing.rows(cast.bob, cast.charlie, "", left),
        "person over REST": Thing.rows(cast.bob, cast.charlie, "mem", left),
        "person without account": Thing.rows(
            nora, a_member("Lola", cast.lakeview), "", left
        ),
        "person of the body": Thing.rows(
            nora, a_member("Olga", cast.northside, program=OTHER_BODY)
        ),
    }


def _paper(practice: Practice) -> Certificate:
    certificate = Certificate.objects.filter(practice=practice)[0]
    claim = claim_paper(certificate_id=certificate.pk, now=NOW)
    assert claim is not None
    assert keep_paper(claim=claim, content=b"%PDF-1.7 of " + practice.slug.encode())
    return certificate


def _message(program: str) -> OutboxMessage:
    return OutboxMessage.objects.create(
        kind="renewed",
        subject_id=uuid4(),
        recipient=f"nora@{program}.example",
        program=program,
        payload={},
        created_at=NOW,
        due_at=NOW,
        state=OutboxMessage.State.DEAD,
        attempts=8,
        last_error="550 No such person",
    )


def _failed(member: Member, program: str) -> Certificate:
    return Certificate.objects.create(
        program=program,
        member=member,
        source_id=uuid4(),
        number=f"FAILED-{program}",
        attestation_number=f"ATT-{program}",
        facts={},
        valid_from=TODAY,
        valid_until=TODAY,
        issued_on=TODAY,
        issued_at=NOW,
        paper=Certificate.Paper.FAILED,
    )


def _invitation(practice: Practice) -> Invitation:
    return invite(
        actor=TESTER,
        practice=practice,
        program=BODY,
        first_name="Nina",
        last_name="New",
        email=f"nina@{practice.slug}.example",
        now=NOW,
    )


def _of_accounts(cast: Cast) -> dict[str, Thing]:
    own, foreign = an_app_of(cast.alice), an_app_of(cast.frank)
    return {
        "factor": Thing(str(own.pk), str(foreign.pk), "0"),
        "account": Thing.rows(cast.user("bob"), cast.user("charlie")),
    }


def _link(invitation: Invitation) -> str:
    mail = OutboxMessage.objects.get(kind="invite", subject_id=invitation.pk)
    return str(mail.payload["url"]).rstrip("/").rpartition("/")[2]
