"""Pictures that questions of exams show: the program's own, beside their banks."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from core import clock
from courses.queries.sitting import bank_at
from courses.rules import BankError, load_bank
from courses.rules.banks import BANKS, PICTURES
from courses.rules.question_pictures import LONGEST_WORDS
from courses.rules.source import bank_of_text
from courses.samples import PLACE
from courses.samples.pictures import BURNOUT, DRAWN, EXAMS, MOST_BYTES
from courses.services import hand_in
from credentials.models import Assignment
from credentials.services import Choice
from tests.cast import NOW, Cast
from tests.learning.sitting import SKIN, begun, begun_with_pictures, own, was_given
from tests.learning.test_banks import GOOD
from tests.signing import open_session

BURNOUT_BANK = PLACE / "clinician-burnout" / "bank.toml"
BLOOD = Choice("vascular-care", "Vascular Care")


@pytest.fixture(autouse=True)
def at_noon(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's time runs out."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def _as(cast: Cast, name: str) -> Client:
    client = Client()
    open_session(client, cast.user(name))
    return client


def _place(given: Assignment, number: int) -> str:
    place = {"assignment_id": given.pk, "number": number}
    return reverse("exam_question_picture", kwargs=place)


def test_each_sample_picture_is_asked_about_and_each_bank_of_both_exams_has_some() -> (
    None
):
    asked: dict[str, int] = {}
    for path in BANKS.glob("*.toml"):
        for each in load_bank(path).questions:
            if each.picture:
                asked.setdefault(each.picture, 0)
                assert 20 <= len(each.picture_words) <= LONGEST_WORDS
                # Who hears them can answer; what they say isn't the answer itself.
                right = [o.text for o in each.options if o.right]
                assert not any(text in each.picture_words for text in right)
    assert asked.keys() == {each.name for each in EXAMS.iterdir()}
    assert all(
        any(each.picture for each in load_bank(BANKS / f"{name}.toml").questions)
        for name in ("hipaa", "mscat")
    )
    own_bank = bank_of_text(BURNOUT_BANK.read_text(encoding="utf-8"))
    there = {each.picture for each in own_bank.questions if each.picture}
    assert there == {each.name for each in BURNOUT.iterdir()}


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_a_picture_is_what_its_script_draws_and_is_small(path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as kept:
        drawn, there = DRAWN[path]().convert("RGB"), kept.convert("RGB")
    assert there.size == drawn.size
    # Letters may be smoothed otherwise by another version of the font's reader.
    other = ImageChops.difference(there, drawn).convert("L")
    changed = sum(other.histogram()[64:])
    assert changed < there.width * there.height // 100


@pytest.mark.parametrize(
    "name", ["there.png", "../there.png", "There.png", "there.gif", "gone.png"]
)
def test_a_bank_whose_picture_is_not_beside_it_is_refused(
    tmp_path: Path, name: str
) -> None:
    shown = f'picture = "{name}"\npicture_words = "An oil lamp"\nwhy ='
    path = tmp_path / "wick.toml"
    path.write_text(GOOD.replace("why =", shown), encoding="utf-8")
    (tmp_path / PICTURES).mkdir()
    for made in (tmp_path, tmp_path / PICTURES):
        (made / "there.png").touch()
    if name == "there.png":
        assert load_bank(path).questions[0].picture == name
        return
    with pytest.raises(BankError, match=r"questions\[1\]\.picture: pictures/"):
        load_bank(path)


@pytest.mark.db
def test_it_is_given_to_whoever_is_asked_while_the_exam_runs(cast: Cast) -> None:
    bob = _as(cast, "bob")
    given = was_given(cast, "specialty", SKIN)
    url = _place(given, 1)
    assert bob.get(url).status_code == 404
    attempt = begun_with_pictures(given)
    assert bank_at(attempt).questions[0].picture == "abdomen-in-four.png"
    place = {"assignment_id": given.pk, "number": 1}
    asked = bob.get(reverse("exam_question", kwargs=place)).content.decode()
    assert f'src="{url}" alt="An abdomen"' in asked
    assert "in-four" not in asked
    answer = bob.get(url)
    assert answer.content == (EXAMS / "abdomen-in-four.png").read_bytes()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "question-1.png" in answer.headers["Content-Disposition"]
    for number in (0, attempt.number + 1):
        assert bob.get(_place(given, number)).status_code == 404
    hand_in(actor=own(cast.bob), attempt=attempt, now=NOW)
    assert bob.get(url).status_code == 404


@pytest.mark.db
def test_a_question_without_one_and_another_member_get_none(cast: Cast) -> None:
    bob, charlie = _as(cast, "bob"), _as(cast, "charlie")
    given = was_given(cast, "specialty", SKIN)
    begun_with_pictures(given)
    assert charlie.get(_place(given, 1)).status_code == 404
    other = was_given(cast, "specialty", BLOOD)
    begun(other)
    assert bob.get(_place(other, 1)).status_code == 404
