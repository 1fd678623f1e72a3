"""Reporting CE over REST: begun, corrected, submitted; it counts then, with its why."""

from decimal import Decimal

import pytest

from accounts.models import Sponsorship
from ce_credits.models import Activity, CatalogueItem, CreditAward
from core.models import AuditEntry
from tests.api.asking import Api, Caller, mem, places, problem, tail_of
from tests.api.reporting import WEBINAR, begun, for_bob, proved, row_of, submitted
from tests.cast import BODY, NOW, Cast, a_member

pytestmark = pytest.mark.db


def test_a_practice_begins_an_activity_that_says_who_reported_it(
    api: Api, cast: Cast
) -> None:
    made = begun(api, cast)
    assert made["member"] == mem(cast.bob.pk)
    assert made["member_name"] == "Bob Baker"
    assert made["status"] == "draft"
    assert made["reported_by"] == "API token Payroll"
    assert made["version"] == 0
    assert made["credit"] is None
    assert made["waiting"] == "Not submitted yet: it counts nothing until it is."
    assert (made["proofs"], made["history"]) == ([], [])
    assert WEBINAR.items() <= made.items()
    assert api.get(tail_of(made)).json() == made
    row = row_of(made)
    assert row.practice == cast.northside
    entry = AuditEntry.objects.get(action="ce.drafted")
    assert (entry.token is not None, entry.practice) == (True, cast.northside)


def test_submitted_with_proof_it_counts_and_says_why(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    proof = proved(made)
    done = api.post(tail_of(made, "submit"), {}).json()
    assert (done["status"], done["version"]) == ("submitted", 1)
    assert done["submitted_at"] == "2025-11-17T18:00:00Z"
    credit = done["credit"]
    assert (credit["amount"], credit["unit"], credit["rule"]) == ("1.0", "CME", "A4")
    assert credit["band"] == "band over 30 and up to 60 min"
    assert credit["index_number"] == "CMS06140728A"
    line = "45 min -> 1.0 CME, band over 30 and up to 60 min, Index CMS06140728A"
    assert credit["explanation"] == line
    assert credit["reasons"] == [{"rule": "A4", "text": line, "ruling": False}]
    assert credit["policy"] == "acmss@2017-01-01"
    assert credit["counts_from"] == "2025-11-17"
    assert done["waiting"] is None
    assert [each["sha256"] for each in done["proofs"]] == [proof.sha256]
    (step,) = done["history"]
    assert (step["number"], step["kind"], step["by"]) == (
        1,
        "submitted",
        "API token Payroll",
    )


def test_without_proof_it_stays_a_draft_and_says_so(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    said = problem(api.post(tail_of(made, "submit"), {}), 422, "validation-error")
    assert places(said) == ["/proofs"]
    assert row_of(made).state == Activity.State.DRAFT
    assert not CreditAward.objects.filter(activity=row_of(made)).exists()


def test_what_is_missing_is_named_all_at_once(api: Api, cast: Cast) -> None:
    sent = {"program": BODY, "member": mem(cast.bob.pk)}
    made = api.post("ce-activities", sent).json()
    said = problem(api.post(tail_of(made, "submit"), {}), 422, "validation-error")
    wanted = {"/kind", "/title", "/on", "/licence_number", "/proofs"}
    assert set(places(said)) == wanted


def test_minutes_beyond_the_bands_wait_for_staff(api: Api, cast: Cast) -> None:
    done = submitted(api, cast, minutes=121)
    assert (done["status"], done["credit"]) == ("submitted", None)
    assert done["waiting"] == (
        "121 min -> not computed, over 120 min is outside the published bands. "
        "A staff member will decide."
    )


def test_thirty_minutes_come_with_their_ruling(own: Caller, cast: Cast) -> None:
    credit = submitted(own, cast, minutes=30)["credit"]
    assert credit["amount"] == "0.5"
    assert credit["band"] == "band up to 30 min"
    assert any(reason["ruling"] for reason in credit["reasons"])


def test_minutes_are_read_from_the_title(own: Caller, cast: Cast) -> None:
    made = begun(own, cast, title="Billing basics (1 hr 15 min)", minutes=None)
    assert made["minutes"] is None
    proved(made)
    done = own.post(tail_of(made, "submit"), {}).json()
    assert (done["minutes"], done["credit"]["amount"]) == (75, "1.5")


def test_a_holder_reports_their_own_with_the_same_words(
    own: Caller, cast: Cast
) -> None:
    done = submitted(own, cast)
    assert done["reported_by"] == "Bob Baker"
    assert done["member"] == mem(cast.bob.pk)
    assert done["credit"]["amount"] == "1.0"
    # It counts for the practice that stands for him.
    assert row_of(done).practice == cast.northside


def test_fields_are_changed_one_by_one_until_it_is_submitted(
    api: Api, cast: Cast
) -> None:
    made = begun(api, cast)
    changed = api.patch(tail_of(made), {"minutes": 61, "provider": ""}).json()
    assert (changed["minutes"], changed["provider"]) == (61, "")
    assert changed["title"] == made["title"]
    cleared = api.patch(tail_of(made), {"minutes": None, "on": None}).json()
    assert (cleared["minutes"], cleared["on"]) == (None, None)
    api.patch(tail_of(made), {"minutes": 61, "on": "2025-10-03"})
    proved(made)
    done = api.post(tail_of(made, "submit"), {}).json()
    assert (done["minutes"], done["on"]) == (61, "2025-10-03")
    assert done["credit"]["amount"] == "1.5"
    problem(api.patch(tail_of(made), {"minutes": 45}), 409, "conflict")
    problem(api.post(tail_of(made, "submit"), {}), 409, "conflict")
    assert row_of(made).minutes == 61


def test_what_a_file_filled_in_stays_marked_until_it_is_changed(
    own: Caller, cast: Cast
) -> None:
    made = begun(own, cast)
    Activity.objects.filter(pk=row_of(made).pk).update(
        read_from_file=["title", "minutes"]
    )
    own.patch(tail_of(made), {"minutes": 50})
    assert row_of(made).read_from_file == ["title"]


def test_an_old_copy_is_refused_and_a_fresh_one_taken(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    tag = api.get(tail_of(made)).headers["ETag"]
    first = api.patch(tail_of(made), {"minutes": 50}, If_Match=tag)
    assert first.status_code == 200
    late = api.patch(tail_of(made), {"minutes": 55}, If_Match=tag)
    problem(late, 412, "stale-version")
    assert api.get(tail_of(made)).json()["minutes"] == 50
    assert first.headers["ETag"] == api.get(tail_of(made)).headers["ETag"] != tag
    proved(made)
    raw = b"{}"
    old = api.send("POST", tail_of(made, "submit"), raw, If_Match=tag)
    problem(old, 412, "stale-version")
    fresh = first.headers["ETag"]
    good = api.send("POST", tail_of(made, "submit"), raw, If_Match=fresh)
    assert good.status_code == 200
    gone = api.send("POST", tail_of(made, "withdraw"), raw, If_Match=fresh)
    problem(gone, 412, "stale-version")
    assert api.get(tail_of(made)).json()["status"] == "submitted"


@pytest.mark.parametrize("tag", ['"9.9"', "*x", 'W/"0.0"', "0.0", '"a", "b"'])
def test_a_tag_that_is_not_the_present_one_names_no_copy(
    api: Api, cast: Cast, tag: str
) -> None:
    made = begun(api, cast)
    answer = api.patch(tail_of(made), {"minutes": 50}, If_Match=tag)
    problem(answer, 412, "stale-version")


@pytest.mark.parametrize("tag", ["*", '"0.0"', '"9.9", "0.0"'])
def test_the_present_tag_is_taken_in_a_list_too(api: Api, cast: Cast, tag: str) -> None:
    made = begun(api, cast)
    answer = api.patch(tail_of(made), {"minutes": 50}, If_Match=tag)
    assert answer.status_code == 200


def test_an_item_of_the_catalogue_fills_in_what_isn_t_sent(
    own: Caller, cast: Cast
) -> None:
    CatalogueItem.objects.create(
        program=BODY,
        code="MLN 7748301",
        title="Global surgery",
        kind="web_based_training",
        minutes=90,
        provider="MLN",
        changed_at=NOW,
    )
    sent = {"program": BODY, "item": "MLN 7748301", "minutes": 60}
    made = own.post("ce-activities", sent).json()
    assert (made["item"], made["kind"]) == ("MLN 7748301", "web_based_training")
    assert (made["title"], made["minutes"]) == ("Global surgery", 60)
    proved(made)
    CatalogueItem.objects.update(offered_now=False)
    for code in ("MLN 1", "MLN 7748301"):
        sent = {"program": BODY, "item": code}
        said = problem(own.post("ce-activities", sent), 422, "validation-error")
        assert places(said) == ["/item"]
    # What was picked while it was offered stays picked.
    changes = {"on": "2025-10-02", "licence_number": "A-1042"}
    assert own.patch(tail_of(made), changes).json()["item"] == "MLN 7748301"
    assert own.post(tail_of(made, "submit"), {}).json()["item"] == "MLN 7748301"


def test_the_same_request_again_begins_nothing_anew(api: Api, cast: Cast) -> None:
    first = api.post("ce-activities", for_bob(cast), key="one")
    again = api.post("ce-activities", for_bob(cast), key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    other = api.post("ce-activities", for_bob(cast, minutes=46), key="one")
    problem(other, 422, "idempotency-key-reused")
    assert Activity.objects.filter(state="draft").count() == 1


def test_a_key_is_not_needed(api: Api, cast: Cast) -> None:
    answer = api.client.post(
        api.path("ce-activities"),
        for_bob(cast),
        "application/json",
        headers=api.headers,
    )
    assert answer.status_code == 201


def test_a_withdrawn_activity_is_kept_and_counts_nothing(api: Api, cast: Cast) -> None:
    done = submitted(api, cast)
    gone = api.post(tail_of(done, "withdraw"), {}).json()
    assert gone["status"] == "withdrawn"
    assert gone["credit"]["amount"] == "0.0"
    assert gone["credit"]["explanation"] == "Withdrawn on Nov 17, 2025."
    assert [step["kind"] for step in gone["history"]] == ["submitted", "withdrawn"]
    newest = row_of(done).awards.order_by("-sequence")[0]
    assert newest.credits == Decimal(0)
    again = api.post(tail_of(done, "withdraw"), {})
    problem(again, 409, "stale-version")


def test_a_foreign_member_is_answered_like_a_missing_or_mistyped_one(
    api: Api, cast: Cast
) -> None:
    left = a_member("Lena Left", cast.northside)
    Sponsorship.objects.filter(member=left).update(until_on="2025-11-01")
    for wrong in (mem(cast.charlie.pk), mem(left.pk), "mem_" + "0" * 32, "mem_1", ""):
        answer = api.post("ce-activities", for_bob(cast, member=wrong))
        said = problem(answer, 404, "not-found")
        assert places(said) == ["/member"]
        assert said["detail"] == (
            "The practice sponsors no member of this id in this program."
        )
    assert not Activity.objects.filter(state="draft").exists()


def test_a_practice_can_t_write_in_what_its_member_reports(
    api: Api, own: Caller, cast: Cast
) -> None:
    draft, done = begun(own, cast), submitted(own, cast)
    problem(api.get(tail_of(draft)), 404, "not-found")
    assert api.get(tail_of(done)).json()["reported_by"] == "Bob Baker"
    for answer in (
        api.patch(tail_of(done), {"minutes": 60}),
        api.post(tail_of(done, "withdraw"), {}),
        api.post(tail_of(done, "submit"), {}),
    ):
        said = problem(answer, 409, "conflict")
        assert said["detail"] == "Your practice didn't report this for Bob Baker."


def test_a_holder_may_finish_what_their_practice_began(
    api: Api, own: Caller, cast: Cast
) -> None:
    made = begun(api, cast)
    assert own.get(tail_of(made)).json() == made
    own.patch(tail_of(made), {"minutes": 60})
    proved(made)
    done = own.post(tail_of(made, "submit"), {})
    assert done.json()["history"][0]["by"] == "Bob Baker"
    problem(api.post(tail_of(made, "withdraw"), {}), 409, "conflict")


def test_a_practice_writes_nothing_for_somebody_who_left(api: Api, cast: Cast) -> None:
    made = begun(api, cast)
    proved(made)
    Sponsorship.objects.filter(member=cast.bob).update(until_on="2025-11-17")
    said = problem(api.post(tail_of(made, "submit"), {}), 409, "not-eligible")
    assert "Bob Baker" in said["detail"]
    # What it saw it sees afterwards.
    assert api.get(tail_of(made)).status_code == 200
