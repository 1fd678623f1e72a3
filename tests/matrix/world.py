"""What is asked for: the cast, with keys, links and things of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.test import Client

from accounts.models import (
    Invitation,
    Member,
    Practice,
    SignOnLink,
    SingleSignOn,
)
from accounts.rules import TOKEN_SCOPES
from accounts.services import invite
from certificates.models import Certificate
from certificates.services import claim_paper, keep_paper
from core.models import OutboxMessage
from core.sealing import seal
from credentials.queries import package_of
from tests.asked import a_question
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    TESTER,
    TODAY,
    Cast,
    a_member,
    a_practice,
    a_token,
    full_cast,
    seats,
)
from tests.matrix.actors import TOKENS, make_clients
from tests.matrix.approvals_world import approval_things
from tests.matrix.assigning_world import assigned_things
from tests.matrix.auditing_world import auditing_things
from tests.matrix.badges_world import badge_things
from tests.matrix.binder_world import binder_things
from tests.matrix.bodies import staff_things
from tests.matrix.ce_world import ce_things
from tests.matrix.courses_world import course_things
from tests.matrix.cycles_rest_world import cycles_over_rest
from tests.matrix.cycles_world import cycle_things
from tests.matrix.decreeing_world import decreeing_things
from tests.matrix.documents_world import document_things
from tests.matrix.exams_world import exam_things
from tests.matrix.export_world import export_things
from tests.matrix.feed_world import feed_things
from tests.matrix.learning_world import learning_things
from tests.matrix.licences_world import licence_things
from tests.matrix.live_world import live_things
from tests.matrix.merging_world import merging_things
from tests.matrix.money_world import money_things
from tests.matrix.report_world import report_things
from tests.matrix.sharing_world import sharing_things
from tests.matrix.shop_world import shop_things
from tests.matrix.staff_reports_world import view_things
from tests.matrix.telling_world import everybody_ended_the_summary, telling_things
from tests.matrix.things import Thing
from tests.rosters.waiting import a_roster
from tests.signing import an_app_of


@dataclass(frozen=True)
class World:
    """The cast, what they own, and a browser or a program for each actor."""

    cast: Cast
    things: Mapping[str, Thing]
    clients: Mapping[tuple[str, str], Client]

    def client(self, actor: str, scope: str = "") -> Client:
        """Give the actor's browser; for a token, the program that has the scope.

        Several scopes, one of `actors.SCOPES`, have a space between them.
        """
        if actor in TOKENS:
            return self.clients[actor, scope or TOKEN_SCOPES[0]]
        return self.clients[actor, ""]


def make_world() -> World:
    """Make the cast, and for both practices one of each thing an address names."""
    cast = full_cast()
    homes = (cast.northside, cast.lakeview)
    for practice in homes:
        seats(practice, cast.renewals, 5)
    nora = _nora(cast)
    papers = [_paper(practice) for practice in homes]
    things = {
        "practice": Thing(cast.northside.slug, cast.lakeview.slug, "nowhere"),
        "program": Thing(BODY, OTHER_BODY, "nobody"),
        **_people(cast, nora),
        **_written(),
        "failed certificate of the body": Thing.rows(
            _failed(nora, BODY), _failed(nora, OTHER_BODY)
        ),
        **staff_things(cast, papers[0]),
        "certificate": Thing.rows(papers[0], papers[1]),
        "certificate over REST": Thing.rows(papers[0], papers[1], "crt"),
        "number": Thing(papers[0].number, papers[1].number, "0000"),
        **assigned_things(cast),
        **_invitations(cast),
        "token": Thing.rows(
            a_token(cast.northside, cast.alice), a_token(cast.lakeview, cast.frank)
        ),
        "sign-on link": Thing.rows(
            _signs_on(cast.northside, cast.bob), _signs_on(cast.lakeview, cast.charlie)
        ),
        "reset link's person": Thing("0", "1", "2"),
        "reset link's key": Thing("a", "b", "c"),
        "letter": Thing("letter", "letter", "no-such-letter"),
        "enclosed": Thing("0", "0", "9"),
        **_of_accounts(cast),
        "article": Thing("renew", "held", "no-such-article"),
        "problem": Thing("not-found", "forbidden", "no-such-problem"),
        **ce_things(cast) | auditing_things(cast),
        **money_things(cast),
        **shop_things(cast) | document_things(cast) | telling_things(cast),
        **_of_bodies(cast),
    }
    clients = _clients(cast)
    return World(cast, things | _of_cycles(cast), clients)


def _of_bodies(cast: Cast) -> dict[str, Thing]:
    """Name binders, and what bodies and whoever asks them have in hand."""
    reports = {**report_things(), **decreeing_things(), **course_things()}
    reports |= learning_things(cast) | licence_things(cast)
    reports |= live_things(cast) | sharing_things(cast)
    return {**binder_things(cast), **reports, **exam_things(cast)}


def _clients(cast: Cast) -> dict[tuple[str, str], Client]:
    found = dict(make_clients(cast))
    everybody_ended_the_summary()
    return found


def _of_cycles(cast: Cast) -> dict[str, Thing]:
    """Give whoever signs in a cycle, too; they all must be there."""
    things = cycle_things(cast)
    things |= cycles_over_rest(things) | badge_things(cast) | feed_things(cast)
    things |= approval_things(cast)
    # Last: the two accounts have no cycle each, they could be merged.
    return things | merging_things(cast)


def _written() -> dict[str, Thing]:
    """Name what was written to people, and by them to the body."""
    return {
        "message of the body": Thing.rows(_message(BODY), _message(OTHER_BODY)),
        "question to the body": Thing.rows(a_question(), a_question(OTHER_BODY)),
        **view_things(),
        "question's key": Thing(str(UUID(int=1)), str(UUID(int=2)), str(UUID(int=3))),
    }


def _nora(cast: Cast) -> Member:
    """Add a colleague of Bob's, and packages for whoever else is added."""
    for part in package_of(BODY, TODAY):
        seats(cast.northside, part, 2)
    return a_member("Nora North", cast.northside)


def _people(cast: Cast, nora: Member) -> dict[str, Thing]:
    """Name people, and files of them: Bob and Nora are ours, one left."""
    left = a_member("Lee Left", cast.northside)
    left.sponsorships.update(until_on=TODAY)
    return {
        **export_things(cast),
        "roster": Thing.rows(a_roster(cast.northside), a_roster(cast.lakeview)),
        "person": Thing.rows(cast.bob, cast.charlie, "", left),
        "person over REST": Thing.rows(cast.bob, cast.charlie, "mem", left),
        "person without account": Thing.rows(
            nora, a_member("Lola", cast.lakeview), "", left
        ),
        "person of the body": Thing.rows(
            nora, a_member("Olga", cast.northside, program=OTHER_BODY)
        ),
    }


def _signs_on(practice: Practice, member: Member) -> SignOnLink:
    """Switch single sign-on on, by a provider of our own network: nobody is asked."""
    SingleSignOn.objects.create(
        practice=practice,
        issuer="https://127.0.0.1:9",
        client_id=practice.slug,
        sealed_secret=seal(f"secret of {practice.slug}"),
        domains=["mail.example"],
        is_on=True,
    )
    assert member.user is not None
    return SignOnLink.objects.create(
        practice=practice, user=member.user, subject=practice.slug, from_at=NOW
    )


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


def _invitations(cast: Cast) -> dict[str, Thing]:
    ours, theirs = _invitation(cast.northside), _invitation(cast.lakeview)
    return {
        "invitation": Thing.rows(ours, theirs),
        "question": Thing.rows(_question(cast.bob), _question(cast.charlie)),
        "link": Thing(_link(ours), _link(theirs), "no-such-link"),
    }


def _question(member: Member) -> Invitation:
    """Let a third practice ask somebody to join."""
    return invite(
        actor=TESTER,
        practice=a_practice(f"Cedar {member.first_name}"),
        program=BODY,
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
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
