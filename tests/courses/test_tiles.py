"""Every product opens something for whoever was given it (experience.md, the tiles)."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from credentials.models import Product
from credentials.services import ALL_ALIKE, Choice
from portal.queries.assigned_to_me import destination
from portal.queries.choices import choices_of
from tests.cast import BODY, TODAY, Cast
from tests.courses.packs import published
from tests.learning.sitting import SKIN, was_given

pytestmark = pytest.mark.db
# The eight tiles; a term is written by what assigns it.
TILES = (
    "mscat-manual",
    "hipaa",
    "mscat-assessment",
    "mscat-training",
    "specialty",
    "continuing-education",
)
TERMS = {"renewals", "membership"}


def test_there_are_eight_tiles(cast: Cast) -> None:
    codes = Product.objects.filter(program=BODY).values_list("code", flat=True)
    assert set(codes) == {*TILES, *TERMS}


@pytest.mark.parametrize("code", TILES)
@pytest.mark.parametrize("taught", [False, True])
def test_a_tile_opens_something(
    code: str, *, taught: bool, bob: Client, cast: Cast
) -> None:
    if taught:
        for sample in ("mscat-manual", "hipaa-for-scribes", "mscat-training"):
            published(sample)
    row = was_given(cast, code, SKIN if code == "specialty" else _a_course(code))
    url = destination(row, TODAY)
    assert url
    assert bob.get(url).status_code == 200
    assert f'href="{url}"' in bob.get(reverse("me")).content.decode()


@pytest.mark.parametrize("code", sorted(TERMS))
def test_a_term_opens_where_one_stands(code: str, bob: Client, cast: Cast) -> None:
    row = cast.bob.assignments.filter(product__code=code).first()
    if row is None:
        row = cast.bob.assignments.all()[0]
    assert bob.get(destination(row, TODAY)).status_code == 200


@pytest.mark.parametrize("code", ["mscat-manual", "mscat-training", "hipaa"])
def test_a_manual_a_training_and_a_course_are_begun_from_their_tile(
    code: str, bob: Client, cast: Cast
) -> None:
    sample = "hipaa-for-scribes" if code == "hipaa" else code
    version = published(sample)
    was_given(cast, code)
    url = reverse("course", kwargs={"course_id": version.course_id})
    assert f'href="{url}"' in bob.get(reverse("me")).content.decode()
    answer = bob.post(url)
    first = version.pages.order_by("module__place", "place")[0]
    assert answer.headers["Location"] == f"{url}{first.code}/"
    row = version.enrolments.get()
    assert row.assignment
    assert (row.member, row.assignment.product.code) == (cast.bob, code)
    assert row.assignment.state == "started"


def test_a_ce_course_is_one_of_the_portal_s_too(bob: Client, cast: Cast) -> None:
    version = published("hipaa-for-scribes")
    Course.objects.filter(pk=version.course_id).update(product="")
    product = Product.objects.get(program=BODY, code="continuing-education")
    found = [each.code for each in choices_of(product, TODAY)]
    assert "hipaa-for-scribes" in found
    choice = Choice("hipaa-for-scribes", "HIPAA for Scribes")
    row = was_given(cast, "continuing-education", choice)
    url = reverse("course", kwargs={"course_id": version.course_id})
    assert destination(row, TODAY) == url


def _a_course(code: str) -> Choice:
    asks = code == "continuing-education"
    return Choice("MLN-1", "A webinar") if asks else ALL_ALIKE
