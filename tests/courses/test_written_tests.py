"""Staff write a course's test in the browser: questions, figures, order, a preview."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.failures import NotUsable
from courses.models import CourseVersion
from courses.queries.course_tests import bank_in
from courses.rules import bank_of_text, bank_text
from courses.services import export_course
from tests.cast import BODY, Cast
from tests.courses.packs import contents, packed, published, taken_in

pytestmark = pytest.mark.db
CHANGED = "Somebody changed this since you opened it."
FIGURES = {"do": "figures", "questions": "2", "pass_percent": "50", "tries": "3"}
BURNOUT = "clinician-burnout"
ASKED: dict[str, Any] = {
    "text": "What helps first?",
    "topic": "Sleep",
    "why": "It was measured.",
    "option_1": "Rest",
    "right_1": "on",
    "option_3": "Coffee",
}


def _at(name: str, draft: CourseVersion, **more: object) -> str:
    place = {"program": BODY, "version_id": draft.pk} | more
    return reverse(name, kwargs=place)


def _files() -> dict[str, bytes]:
    """A sample that has a test, without the credit that another body gives."""
    files = contents(BURNOUT)
    lines = files["course.toml"].decode().splitlines()
    others = ("credit", "topics", "joint")
    kept = [each for each in lines if not each.startswith(others)]
    return files | {"course.toml": "\n".join(kept).encode()}


def _tested() -> CourseVersion:
    return taken_in(packed(_files()))


def _drafted(mona: Client) -> CourseVersion:
    """A draft whose test was begun and has no question."""
    draft = taken_in("mscat-training")
    assert mona.post(_at("staff_test", draft), FIGURES).status_code == 302
    return draft


def _asks(mona: Client, draft: CourseVersion, **said: str) -> Any:  # noqa: ANN401
    return mona.post(_at("staff_test_question_new", draft), ASKED | said)


def _texts(draft: CourseVersion) -> list[str]:
    bank = CourseVersion.objects.get(pk=draft.pk).bank
    return [each.text for each in bank_of_text(bank, begun=True).questions]


def _codes(draft: CourseVersion) -> list[str]:
    bank = CourseVersion.objects.get(pk=draft.pk).bank
    return [each.code for each in bank_of_text(bank, begun=True).questions]


def _opened(mona: Client, url: str) -> dict[str, Any]:
    form = mona.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value}


def test_a_test_is_written_previewed_and_published(mona: Client, cast: Cast) -> None:
    draft = _drafted(mona)
    page = mona.get(_at("staff_test", draft)).content.decode()
    assert "The test has no question yet." in page
    assert _asks(mona, draft).status_code == 302
    few = mona.get(_at("staff_version", draft)).content.decode()
    assert "The test draws 2 questions, but has 1 question." in few
    several = {"text": "What else?", "topic": "sleep", "right_3": "on"}
    assert _asks(mona, draft, **several, option_4="Tea").status_code == 302
    preview = mona.get(_at("staff_test_preview", draft)).content.decode()
    assert "What helps first?" in preview
    assert preview.count("Choose all that apply.") == 1
    assert 'type="radio"' in preview
    assert "It was measured." not in preview
    draft.refresh_from_db()
    bank = bank_in(draft)
    # A topic in other letters is the same; each question has a code of its own.
    assert bank.topics == (("sleep", "Sleep"),)
    assert len({each.code for each in bank.questions}) == 2
    assert bank.questions[1].right == {0, 1}
    assert (draft.questions, draft.pass_percent, draft.tries) == (2, 50, 3)
    # What leaves as a ZIP comes back as the same test.
    again = taken_in(packed(dict(export_course(version=draft))))
    assert bank_in(again).questions == bank.questions


def test_what_is_wrong_is_said_of_the_question_beside_its_field(
    mona: Client, cast: Cast
) -> None:
    draft = _drafted(mona)
    _asks(mona, draft)
    for said, field, words in (
        ({"text": " "}, "text", "Question 2: Write what is asked."),
        ({}, "text", "Question 2: Another question asks the same."),
        ({"text": "Ok?", "topic": ""}, "topic", "Question 2: Write its topic."),
        ({"text": "Ok?", "option_3": "rest"}, "option_3", "says the same as answer 1"),
        ({"text": "Ok?", "right_5": "on"}, "option_5", "Write answer 5, or take its"),
        ({"text": "Ok?", "right_1": ""}, "option_1", "Tick each answer"),
        ({"text": "Ok?", "right_3": "on"}, "option_1", "Leave one answer without"),
        ({"text": "Ok?", "option_3": ""}, "option_1", "Write 2 to 8 answers."),
        ({"text": "x" * 2001}, "text", "at most 2000"),
    ):
        answer = _asks(mona, draft, **said)
        assert answer.status_code == 422
        (found,) = answer.context["form"].errors[field]
        assert words in found
        # Nothing that was typed is lost.
        assert 'value="Coffee"' in answer.content.decode() or "option_3" in said
    wrong = mona.post(_at("staff_test", draft), FIGURES | {"pass_percent": "101"})
    assert (wrong.status_code, "100 or less" in wrong.content.decode()) == (422, True)
    assert _texts(draft) == ["What helps first?"]


def test_questions_are_ordered_changed_and_removed(mona: Client, cast: Cast) -> None:
    draft = _drafted(mona)
    for text in ("One?", "Two?", "Three?"):
        _asks(mona, draft, text=text, topic=text)
    url, (one, two, three) = _at("staff_test", draft), _codes(draft)
    for do, code in (("up", three), ("down", two), ("up", one)):
        assert mona.post(url, {"do": do, "code": code}).status_code == 302
    assert _texts(draft) == ["One?", "Three?", "Two?"]
    place = _at("staff_test_question", draft, code=three)
    assert mona.post(place, _opened(mona, place) | {"text": "3?"}).status_code == 302
    assert mona.post(url, {"do": "remove", "code": one}).status_code == 302
    assert _texts(draft) == ["3?", "Two?"]
    draft.refresh_from_db()
    # A topic that nothing asks about goes along.
    assert [words for _, words in bank_in(draft).topics] == ["Two?", "Three?"]
    for sent in ({"do": "remove", "code": one}, {"do": "up", "code": one}, {}):
        assert mona.post(url, sent).status_code == 404
    assert mona.post(url, {"do": "drop"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.bank, draft.questions) == ("", None)


def test_two_write_two_questions_at_once_but_not_the_same(
    mona: Client, cast: Cast
) -> None:
    draft = _tested()
    first, other = bank_in(draft).questions[:2]
    url, there = (
        _at("staff_test_question", draft, code=each.code) for each in (first, other)
    )
    opened, theirs = _opened(mona, url), _opened(mona, there)
    assert mona.post(there, theirs | {"text": "Theirs?"}).status_code == 302
    assert mona.post(url, opened | {"text": "Mine?"}).status_code == 302
    late = mona.post(url, opened | {"text": "Too late?"})
    assert (late.status_code, CHANGED in late.content.decode()) == (409, True)
    assert "Too late?" in late.content.decode()
    assert _texts(draft)[:2] == ["Mine?", "Theirs?"]
    again = opened | {"text": "Meant.", "seen": late.context["form"]["seen"].value()}
    assert mona.post(url, again).status_code == 302
    assert _texts(draft)[0] == "Meant."


def test_figures_order_and_text_are_looked_at_first(mona: Client, cast: Cast) -> None:
    draft = _tested()
    url, text = _at("staff_test", draft), _at("staff_test_text", draft)
    figures, whole = _opened(mona, url), _opened(mona, text)
    seen = mona.get(url).context["page"].seen
    assert mona.post(url, figures | FIGURES).status_code == 302
    late = mona.post(url, figures | FIGURES | {"tries": "9"})
    assert (late.status_code, CHANGED in late.content.decode()) == (409, True)
    late = mona.post(text, whole | {"bank": "nothing"})
    assert (late.status_code, "nothing" in late.content.decode()) == (409, True)
    code = bank_in(draft).questions[0].code
    for do in ("remove", "drop"):
        sent = {"do": do, "code": code, "seen": seen}
        said = mona.post(url, sent, follow=True).content.decode()
        assert "Somebody changed this draft since you opened the page." in said
    draft.refresh_from_db()
    assert (draft.tries, bank_in(draft).questions[0].code) == (3, code)


def test_a_question_removed_meanwhile_keeps_what_was_typed(
    mona: Client, cast: Cast
) -> None:
    draft = _drafted(mona)
    _asks(mona, draft)
    (code,) = _codes(draft)
    url = _at("staff_test_question", draft, code=code)
    mine = _opened(mona, url) | {"text": "Written at length?"}
    mona.post(_at("staff_test", draft), {"do": "remove", "code": code})
    answer = mona.post(url, mine)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Somebody removed this question since you opened it." in said
    assert "Written at length?" in said
    new = _at("staff_test_question_new", draft)
    assert f'formaction="{new}"' in said
    assert mona.post(new, mine).status_code == 302
    assert _texts(draft) == ["Written at length?"]
    assert mona.get(url).status_code == 404
    # So does one whose test went away.
    mona.post(_at("staff_test", draft), {"do": "drop"})
    answer = mona.post(new, mine)
    said = answer.content.decode()
    assert (answer.status_code, "has no test yet" in said) == (409, True)
    assert "Written at length?" in said


def test_the_text_is_written_too_and_mends_what_can_t_be_read(
    mona: Client, cast: Cast
) -> None:
    draft = _tested()
    url = _at("staff_test_text", draft)
    refused = mona.post(url, {"bank": "exam = 1"})
    assert refused.status_code == 422
    assert "bank.toml: exam" in refused.content.decode()
    CourseVersion.objects.update(bank='exam = "broken"')
    page = mona.get(_at("staff_test", draft)).content.decode()
    assert "The test can&#x27;t be read: bank.toml: title: is missing." in page
    assert (
        "The test can&#x27;t be read"
        in mona.get(_at("staff_version", draft)).content.decode()
    )
    typed = mona.post(_at("staff_test_question_new", draft), ASKED)
    assert (typed.status_code, "Mend its text" in typed.content.decode()) == (409, True)
    good = contents(BURNOUT)["bank.toml"].decode()
    assert mona.post(url, {"bank": good.replace("\n", "\r\n")}).status_code == 302
    draft.refresh_from_db()
    assert draft.bank == good.strip() + "\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "', f'title = "{"x" * 200}', "title: must be at most 200"),
        ('exam = "', 'exam = "\\u0000', "exam: must be at most 40"),
        ('code = "', 'code = "a/', r"questions\[1\].code: must be letters"),
    ],
)
def test_a_bank_that_could_not_be_stored_is_refused(
    old: str, new: str, words: str, mona: Client, cast: Cast
) -> None:
    draft = _tested()
    wrong = contents(BURNOUT)["bank.toml"].decode().replace(old, new, 1)
    answer = mona.post(_at("staff_test_text", draft), {"bank": wrong})
    assert answer.status_code == 422
    (found,) = answer.context["form"].errors["bank"]
    assert words.replace("\\", "") in found


def test_a_draft_without_questions_yet_is_given_out_as_it_is(
    mona: Client, cast: Cast
) -> None:
    draft, url = _drafted(mona), _at("staff_version_zip", _drafted(mona))
    assert mona.get(url).status_code == 200
    _asks(mona, draft)
    gone = {"do": "remove", "code": _codes(draft)[0]}
    assert mona.post(_at("staff_test", draft), gone).status_code == 302
    assert (
        "its ZIP may not be" in mona.get(_at("staff_version", draft)).content.decode()
    )
    upload = SimpleUploadedFile("course.zip", mona.get(url).content)
    with pytest.raises(NotUsable, match=r"bank\.toml: topics: must name at least one"):
        taken_in(upload)
    # Also one whose text this version of the portal can't read any more.
    CourseVersion.objects.filter(pk=draft.pk).update(bank="questions = 1")
    assert mona.get(url).status_code == 200


def test_what_is_published_is_read_and_not_written(mona: Client, cast: Cast) -> None:
    version = published(packed(_files()))
    url, asked = _at("staff_test", version), bank_in(version).questions[0]
    assert asked.text in mona.get(url).content.decode()
    assert asked.text in mona.get(_at("staff_test_preview", version)).content.decode()
    place = _at("staff_test_question", version, code=asked.code)
    assert mona.get(place).status_code == 302
    for at, sent in ((url, FIGURES), (place, ASKED), (url, {"do": "drop"})):
        answer = mona.post(at, sent, follow=True)
        assert "begin a new one to change it" in answer.content.decode()
    version.refresh_from_db()
    assert bank_in(version).questions[0] == asked


def test_a_bank_is_written_as_it_is_read() -> None:
    text = contents(BURNOUT)["bank.toml"].decode()
    odd = 'text = "Say \\"\\u007f\\" \\\\ and\\nmore '
    text = text.replace('text = "', odd, 1)
    text = text.replace("seeing =", '"a b" =').replace('"seeing"', '"a b"')
    bank = bank_of_text(text)
    assert bank.questions[0].text.startswith('Say "\x7f" \\ and\nmore')
    assert bank_of_text(bank_text(bank)) == bank
