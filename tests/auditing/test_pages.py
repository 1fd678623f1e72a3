"""The pages of an audit: draw with a preview, answer, decide, close."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import AuditCase, AuditDraw, Proof
from ce_credits.services import close_case
from core.letters import Moment, compose
from core.models import OutboxMessage
from tests.auditing.auditing import DUE, a_case, a_draw, answered, found, the_item
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member
from tests.ce.reporting import submitted
from tests.ce.test_proofs import a_file
from tests.signing import open_session

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
PLACE = {"program": BODY}


@pytest.fixture
def mona(cast: Cast) -> Client:
    """Mona, who manages for the body."""
    client = Client()
    open_session(client, cast.mona)
    return client


@pytest.fixture
def bob(cast: Cast) -> Client:
    """Bob at his own pages."""
    client = Client()
    open_session(client, cast.user("bob"))
    return client


def filled(**values: object) -> dict[str, object]:
    """The form of a draw, filled in."""
    usual = {
        "from_on": "2025-01-01",
        "until_on": TODAY.isoformat(),
        "states": ["submitted", "accepted"],
        "number": "",
        "percent": "100",
        "exclude_years": "2",
        "due_on": DUE.isoformat(),
        "form_key": str(uuid4()),
        "act": "preview",
    }
    return usual | values


def test_the_preview_says_how_many_and_the_letter_never_who(
    cast: Cast, mona: Client
) -> None:
    submitted(cast.bob)
    url = reverse("staff_audit_draw", kwargs=PLACE)
    assert "Draw a sample" in mona.get(url).content.decode()
    page = mona.post(url, filled()).content.decode()
    assert "This would be drawn" in page
    assert "by Dec 17, 2025" in page
    assert cast.bob.name not in page
    assert not AuditDraw.objects.exists()


def test_drawing_leads_to_the_draw_and_its_cases(cast: Cast, mona: Client) -> None:
    submitted(cast.bob)
    url = reverse("staff_audit_draw", kwargs=PLACE)
    page = mona.post(url, filled(act="draw"), follow=True).content.decode()
    assert "the same submissions" in page
    assert cast.bob.name in page
    listed = mona.get(reverse("staff_audits", kwargs=PLACE)).content.decode()
    assert cast.bob.name in listed
    draw = AuditDraw.objects.get()
    assert f"?again={draw.pk}" in page
    again = mona.post(url, filled(again=str(draw.pk), act="draw", reason=""))
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"percent": "0"}, "Write a percentage from 1 to 100."),
        ({"percent": "101"}, "Write a percentage from 1 to 100."),
        ({"percent": ""}, "Write how many to draw, or a percentage."),
        ({"number": "x"}, "Enter a whole number."),
        ({"until_on": "2025-01-02"}, "Nothing was submitted that could be drawn."),
        ({"states": []}, "Choose at least one state."),
    ],
)
def test_a_draw_that_is_none_says_why(
    cast: Cast, mona: Client, values: dict[str, object], text: str
) -> None:
    url = reverse("staff_audit_draw", kwargs=PLACE)
    page = mona.post(url, filled(**values))
    assert page.status_code == 422
    assert text in page.content.decode()


def test_a_case_is_opened_by_hand_with_a_reason(cast: Cast, mona: Client) -> None:
    activity = submitted(cast.bob)
    url = reverse("staff_audit_open", kwargs={**PLACE, "member_id": cast.bob.pk})
    assert "Webinar" in mona.get(url).content.decode()
    sent = {"activities": [str(activity.pk)], "due_on": DUE.isoformat(), "reason": ""}
    assert mona.post(url, sent).status_code == 422
    page = mona.post(url, sent | {"reason": "A complaint"}, follow=True)
    assert "A mail tells" in page.content.decode()
    assert AuditCase.objects.get().reason == "A complaint"
    assert mona.post(url, sent | {"reason": "Again"}).status_code == 409


def test_staff_hear_where_no_mail_goes_out(cast: Cast, mona: Client) -> None:
    quiet = a_member("Quentin Quiet", cast.northside)
    Member.objects.filter(pk=quiet.pk).update(email="")
    activity = submitted(Member.objects.get(pk=quiet.pk))
    url = reverse("staff_audit_open", kwargs={**PLACE, "member_id": quiet.pk})
    sent = {"activities": [str(activity.pk)], "due_on": DUE.isoformat()}
    page = mona.post(url, sent | {"reason": "A complaint"}, follow=True)
    said = page.content.decode()
    assert "Quentin Quiet has no e-mail address here, so no mail goes out" in said
    assert not OutboxMessage.objects.filter(kind="audit_selected").exists()


def test_a_member_answers_item_by_item_and_sends_it_once(
    cast: Cast, bob: Client
) -> None:
    case = a_case(cast.bob)
    assert "Audit: 1 document due Dec 17, 2025" in bob.get("/me/").content.decode()
    url = reverse("my_audit", kwargs={"case_id": case.pk})
    bob.post(url, {"do": "save", "file-1": a_file(), "words-1": "See page 2"})
    proof = Proof.objects.get(audit_item__case=case)
    page = bob.get(url).content.decode()
    assert proof.name in page
    assert "See page 2" in page
    bob.post(url, {"remove": str(proof.pk), "words-1": "See page 2"})
    assert not Proof.objects.there().filter(audit_item__case=case).exists()
    sent = bob.post(url, {"do": "send", "words-1": "See page 2"}, follow=True)
    assert "locked" in sent.content.decode()
    assert "Audit: 1" not in bob.get("/me/").content.decode()
    assert bob.post(url, {"do": "send", "words-1": "Later"}).status_code == 409


def test_an_answer_without_anything_and_a_bad_file_say_so(
    cast: Cast, bob: Client
) -> None:
    case = a_case(cast.bob)
    url = reverse("my_audit", kwargs={"case_id": case.pk})
    page = bob.post(url, {"do": "send", "words-1": ""})
    assert page.status_code == 422
    assert "Add a file or a line to item 1." in page.content.decode()
    bad = a_file(b"MZ not a paper")
    page = bob.post(url, {"do": "save", "file-1": bad, "words-1": ""})
    assert page.status_code == 422


def test_files_are_looked_into_before_anything_is_written(
    cast: Cast, bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    activities = [submitted(cast.bob, title=title) for title in ("One", "Two")]
    case = a_case(cast.bob, *activities)
    order: list[str] = []

    def noted(path: str) -> None:
        module, name = path.rsplit(".", 1)
        act = getattr(import_module(module), name)

        def do(*args: object, **kwargs: object) -> object:
            order.append(name)
            return act(*args, **kwargs)

        monkeypatch.setattr(path, do)

    noted("portal.views.auditing.look_into")
    noted("ce_credits.services.proofs.look_into")
    noted("ce_credits.services.audit_cases.record")
    noted("ce_credits.services.proofs.record")
    url = reverse("my_audit", kwargs={"case_id": case.pk})
    words = {"words-1": "One", "words-2": "Two"}
    bob.post(url, {"do": "save", "file-1": a_file(), "file-2": a_file(), **words})
    assert order == ["look_into"] * 2 + ["record"] * 3
    assert Proof.objects.filter(audit_item__case=case).count() == 2


def test_another_members_audit_is_not_there(cast: Cast, bob: Client) -> None:
    case = a_case(cast.charlie)
    url = reverse("my_audit", kwargs={"case_id": case.pk})
    assert bob.get(url).status_code == 404


def test_staff_decide_on_an_item_and_close(cast: Cast, mona: Client) -> None:
    case = answered(a_case(cast.bob))
    url = reverse("staff_audit", kwargs={**PLACE, "case_id": case.pk})
    item = the_item(case)
    page = mona.get(url).content.decode()
    assert "The holder wrote: Here it is" in page
    sent = {
        "item": "1",
        "i1-seen": case.version,
        "i1-activity_seen": item.activity.version,
        "i1-ground": "",
        "i1-words": "",
        "outcome": "not_accepted",
    }
    refused = mona.post(url, sent)
    assert refused.status_code == 422
    assert "Choose why it is not accepted." in refused.content.decode()
    done = mona.post(url, sent | {"i1-ground": "tracking_table"}, follow=True)
    assert "A tracking table instead of a certificate" in done.content.decode()
    assert mona.post(url, sent | {"i1-ground": "no_proof"}).status_code == 409
    case.refresh_from_db()
    closed = mona.post(url, {"act": "close", "close-seen": case.version}, follow=True)
    assert "Closed. A mail tells" in closed.content.decode()
    assert mona.post(url, {"item": "x"}).status_code == 404


def test_closing_too_early_says_until_when(cast: Cast, mona: Client) -> None:
    case = a_case(cast.bob)
    url = reverse("staff_audit", kwargs={**PLACE, "case_id": case.pk})
    page = mona.post(url, {"act": "close", "close-seen": 0, "close-reason": "x"})
    assert page.status_code == 409
    assert "may answer until Dec 17, 2025" in page.content.decode()


def test_reviewers_read_no_audits(cast: Cast) -> None:
    client = Client()
    open_session(client, cast.erin)
    for name in ("staff_audits", "staff_audit_draw"):
        assert client.get(reverse(name, kwargs=PLACE)).status_code == 403


def test_letters_say_what_is_true_when_they_leave(cast: Cast) -> None:
    case = a_case(cast.bob)
    message = OutboxMessage.objects.get(kind="audit_selected")
    moment = Moment(NOW, lambda zone: TODAY + timedelta(days=1))
    letter = compose(message=message, moment=moment)
    assert letter is not None
    assert letter.payload["due_text"] == "Dec 17, 2025"
    assert len(letter.enclosures) == 1
    message.kind = "audit_due"
    assert compose(message=message, moment=moment) is not None
    answered(case)
    assert compose(message=message, moment=moment) is None


def test_a_draw_of_another_body_is_not_there(cast: Cast, mona: Client) -> None:
    submitted(cast.bob)
    draw = a_draw()
    place = {**PLACE, "draw_id": draw.pk}
    assert mona.get(reverse("staff_audit_drawn", kwargs=place)).status_code == 200
    place["draw_id"] = uuid4()
    assert mona.get(reverse("staff_audit_drawn", kwargs=place)).status_code == 404


@pytest.mark.parametrize("way", ["verified", "not_accepted", "closing"])
def test_a_practice_reads_no_word_of_an_audit(cast: Cast, way: str) -> None:
    words = "The audit found this"
    activity = submitted(cast.bob)
    case = a_case(cast.bob, activity)
    if way == "closing":
        over = DUE + timedelta(days=1)
        seen = case.version
        close_case(
            actor=TESTER, case=case, seen=seen, reason=words, today=over, now=NOW
        )
    else:
        found(the_item(answered(case)), way, words=words)
    client = Client()
    open_session(client, cast.alice)
    record = reverse(
        "member_record", kwargs={"practice": "northside", "member_id": cast.bob.pk}
    )
    for url in ("/p/northside/activity/", "/p/northside/activity.csv", record):
        page = client.get(url)
        assert page.status_code == 200
        read = b"".join(page) if page.streaming else page.content
        assert b"Webinar" in read
        assert words.encode() not in read
    kept = [*activity.steps.values_list("words", "facts")]
    kept += [*activity.awards.values_list("note", "explanation")]
    assert words not in str(kept)
    assert the_item(case).finding == words
