"""A draft that somebody threw away whole: what others typed for it is not lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from courses.models import CourseVersion, Module, Page
from courses.rules import bank_of_text
from courses.services import begin_draft, publish_version
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.courses.packs import contents, packed, published, taken_in

pytestmark = pytest.mark.db
MINE = "From Max, at length."
GONE = "threw this draft away"
AGAIN = {"again": "begin"}


def _at(name: str, draft: CourseVersion, **place: object) -> str:
    place = {"program": BODY, "version_id": draft.pk} | place
    return reverse(name, kwargs=place)


def _opened(mona: Client, url: str) -> dict[str, Any]:
    """The form as somebody has it before them."""
    answer = mona.get(url)
    form = answer.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value}


def _page_url(draft: CourseVersion, code: str = "start") -> str:
    return _at("staff_page", draft, page_id=draft.pages.get(code=code).pk)


def _discard(mona: Client, draft: CourseVersion) -> None:
    url = _at("staff_version_act", draft)
    assert mona.post(url, {"do": "discard"}).status_code == 302
    assert not CourseVersion.objects.filter(pk=draft.pk).exists()


def _second() -> CourseVersion:
    """The draft of a course that people read, with a test."""
    files = contents("clinician-burnout")
    lines = files["course.toml"].decode().splitlines()
    others = ("credit", "topics", "joint")
    kept = [each for each in lines if not each.startswith(others)]
    first = published(packed(files | {"course.toml": "\n".join(kept).encode()}))
    return begin_draft(actor=TESTER, course=first.course, now=NOW)


def _publishes(draft: CourseVersion) -> None:
    publish_version(actor=TESTER, version=draft, files_at="/f/", today=TODAY, now=NOW)


def _draft() -> CourseVersion:
    return CourseVersion.objects.get(published_at=None)


def test_a_page_of_a_draft_thrown_away_goes_into_a_new_one(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    page = draft.pages.filter(kind="text")[0]
    url = _page_url(draft, page.code)
    mine = _opened(mona, url) | {"markdown": MINE}
    _discard(mona, draft)
    answer = mona.post(url, mine)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert GONE in said
    assert MINE in said
    assert "Begin a new draft with it" in said
    # Nothing is begun before it is asked for.
    assert CourseVersion.objects.count() == 1
    done = mona.post(url, mine | AGAIN, follow=True)
    assert done.status_code == 200
    # It is where the page of its address was, and all else is as it was published.
    assert _draft().pages.get(code=page.code).markdown == MINE
    assert _draft().pages.count() == CourseVersion.objects.get(number=1).pages.count()
    entry = AuditEntry.objects.get(action="course_version.discarded")
    assert entry.actor in said


def test_a_new_page_and_one_of_a_course_never_published_are_added(
    mona: Client, cast: Cast
) -> None:
    draft = taken_in()
    module = draft.modules.order_by("place")[0]
    new = _at("staff_page_new", draft, module_id=module.pk)
    mine = {"title": "Mine", "code": "mine", "markdown": MINE}
    _discard(mona, draft)
    assert MINE in mona.post(new, mine).content.decode()
    assert mona.post(new, mine | AGAIN, follow=True).status_code == 200
    assert Page.objects.get(version=_draft()).markdown == MINE
    # It had no module: one of the page's title.
    assert Module.objects.get(version=_draft()).title == "Mine"


def test_what_is_wrong_with_it_is_said_and_nothing_is_lost(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    page = draft.pages.filter(kind="text")[0]
    url = _page_url(draft, page.code)
    mine = _opened(mona, url) | {"markdown": MINE, "title": "", "video": "gone.webm"}
    _discard(mona, draft)
    said = mona.post(url, mine).content.decode()
    assert MINE in said
    # What was chosen of the draft's files is still said.
    assert "gone.webm" in said
    answer = mona.post(url, mine | AGAIN, follow=True)
    assert answer.status_code == 422
    assert MINE in answer.content.decode()


def test_who_comes_after_a_new_draft_was_begun_chooses_where_it_goes(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    page = draft.pages.filter(kind="text")[0]
    url = _page_url(draft, page.code)
    mine = _opened(mona, url) | {"markdown": MINE}
    _discard(mona, draft)
    begin_draft(actor=TESTER, course=draft.course, now=NOW)
    there = _page_url(_draft(), page.code)
    assert mona.post(there, mine | {"seen": "", "markdown": "Hers."}).status_code == 302
    # Pressed without knowing of it, nothing is written over.
    answer = mona.post(url, mine | AGAIN)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert _draft().pages.get(code=page.code).markdown == "Hers."
    assert f'formaction="{there}"' in said
    seen = answer.context["form"]["seen"].value()
    # Changed once more meanwhile: the second reads so.
    mona.post(there, mine | {"seen": "", "markdown": "Hers, again."})
    assert mona.post(there, mine | {"seen": seen}).status_code == 409
    seen = mona.post(url, mine).context["form"]["seen"].value()
    assert mona.post(there, mine | {"seen": seen}).status_code == 302
    assert _draft().pages.get(code=page.code).markdown == MINE


def test_what_was_published_meanwhile_is_not_written_over_unseen(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    page = draft.pages.filter(kind="text")[0]
    url = _page_url(draft, page.code)
    mine = _opened(mona, url) | {"markdown": MINE}
    _discard(mona, draft)
    assert "Begin a new draft with it" in mona.post(url, mine).content.decode()
    other = begin_draft(actor=TESTER, course=draft.course, now=NOW)
    hers = _opened(mona, _page_url(other, page.code)) | {"markdown": "Hers."}
    assert mona.post(_page_url(other, page.code), hers).status_code == 302
    _publishes(other)
    # Who opens it only now reads so before anything is begun.
    said = mona.post(url, mine).content.decode()
    assert "Version 2 was published since." in said
    assert "Begin a new draft with it" not in said
    answer = mona.post(url, mine | AGAIN)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert MINE in said
    assert "Version 2 was published since." in said
    assert _draft().pages.get(code=page.code).markdown == "Hers."
    there = _page_url(_draft(), page.code)
    assert f'formaction="{there}"' in said
    seen = answer.context["form"]["seen"].value()
    assert mona.post(there, mine | {"seen": seen}).status_code == 302
    assert _draft().pages.get(code=page.code).markdown == MINE


def test_nor_is_a_test_or_an_objective_that_was_published_meanwhile(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    code = bank_of_text(draft.bank).questions[0].code
    at = _at("staff_test_question", draft, code=code)
    figures = {"questions": "1", "pass_percent": "51", "tries": "7"}
    sent: dict[str, dict[str, Any]] = {
        at: _opened(mona, at) | {"why": MINE},
        _at("staff_version", draft): {"objectives": MINE},
        _at("staff_test", draft): {"do": "figures"} | figures,
        _at("staff_test_text", draft): {"bank": f"# {MINE}\n{draft.bank}"},
    }
    _discard(mona, draft)
    _publishes(begin_draft(actor=TESTER, course=draft.course, now=NOW))
    second = CourseVersion.objects.get(number=2)
    for url, mine in sent.items():
        answer = mona.post(url, mine | AGAIN)
        said = answer.content.decode()
        assert (url, answer.status_code) == (url, 404)
        assert "Version 2 was published since." in said
        found = _draft()
        assert str(found.pk) in said
        for name in ("objectives", "bank", "pass_percent", "tries"):
            assert getattr(found, name) == getattr(second, name)
        _discard(mona, found)


def test_a_question_of_a_draft_thrown_away_goes_into_a_new_one(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    code = bank_of_text(draft.bank).questions[0].code
    url = _at("staff_test_question", draft, code=code)
    new = _at("staff_test_question_new", draft)
    mine = _opened(mona, url) | {"why": MINE}
    other = mine | {"text": "Another one?"}
    _discard(mona, draft)
    said = mona.post(url, mine).content.decode()
    assert (GONE in said, MINE in said) == (True, True)
    assert mona.post(url, mine | AGAIN, follow=True).status_code == 200
    assert bank_of_text(_draft().bank).question(code).why == MINE
    # The next one finds the new draft, and adds to it.
    said = mona.post(new, other).content.decode()
    assert f'formaction="{_at("staff_test_question_new", _draft())}"' in said
    done = mona.post(_at("staff_test_question_new", _draft()), other)
    assert done.status_code == 302


def test_a_test_and_objectives_of_a_draft_thrown_away_go_into_a_new_one(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    sent: dict[str, dict[str, str]] = {
        "staff_version": {"objectives": MINE},
        "staff_test": {
            "do": "figures",
            "questions": "1",
            "pass_percent": "51",
            "tries": "7",
        },
        "staff_test_text": {"bank": draft.bank.replace("title = ", "\n# x\ntitle = ")},
    }
    _discard(mona, draft)
    for name, said in sent.items():
        url = _at(name, draft)
        answer = mona.post(url, said)
        assert (name, answer.status_code) == (name, 404)
        page = answer.content.decode()
        assert GONE in page
        assert all(value in page for value in said.values() if len(value) < 60)
        done = mona.post(url, said | AGAIN, follow=True)
        assert (name, done.status_code) == (name, 200)
        draft_now = _draft()
        if name == "staff_version":
            assert draft_now.objectives == [MINE]
        elif name == "staff_test":
            assert (draft_now.pass_percent, draft_now.tries) == (51, 7)
        else:
            assert "# x" in draft_now.bank
        _discard(mona, draft_now)


def test_a_question_without_a_test_to_go_into_is_kept(mona: Client, cast: Cast) -> None:
    draft = taken_in("mscat-training")
    figures = {"do": "figures", "questions": "1", "pass_percent": "50", "tries": "3"}
    mona.post(_at("staff_test", draft), figures)
    mine = {"text": "What?", "topic": "Sleep", "why": MINE, "option_1": "Rest"}
    new = _at("staff_test_question_new", draft)
    _discard(mona, draft)
    answer = mona.post(new, mine | AGAIN, follow=True)
    said = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert MINE in said
    text = _at("staff_test_text", _draft())
    answer = mona.post(text, {"bank": MINE})
    assert answer.status_code == 409
    assert "has no test yet" in answer.content.decode()
    assert MINE in answer.content.decode()


def test_what_never_was_or_holds_nothing_typed_is_plainly_not_found(
    mona: Client, cast: Cast
) -> None:
    draft = _second()
    module, code = draft.modules.all()[0], bank_of_text(draft.bank).questions[0].code
    new = _at("staff_page_new", draft, module_id=module.pk)
    mine = {"title": "Mine", "code": "mine", "markdown": MINE}
    _discard(mona, draft)
    assert mona.get(new).status_code == 404
    up = {"do": "up", "code": code}
    answer = mona.post(_at("staff_test", draft), up)
    assert (answer.status_code, GONE in answer.content.decode()) == (404, False)
    never = CourseVersion(pk=module.pk)
    answer = mona.post(_at("staff_version", never), mine)
    assert (answer.status_code, GONE in answer.content.decode()) == (404, False)
