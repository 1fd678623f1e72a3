"""Addresses put together without asking the routes again are those that lead there."""

from uuid import uuid4

import pytest
from django.urls import resolve, reverse

from portal.addresses import practice_url


@pytest.mark.parametrize("slug", ["northside", "any-practice", "b2-practice-1"])
@pytest.mark.parametrize("name", ["practice_home", "assignments", "seats", "people"])
def test_a_practices_page_is_where_its_route_says(name: str, slug: str) -> None:
    address = practice_url(slug, name)
    assert address == reverse(name, kwargs={"practice": slug})


@pytest.mark.parametrize("name", ["member_record", "member_edit", "renewal_mode"])
def test_each_persons_page_is_theirs(name: str) -> None:
    for _ in range(2):
        member_id = uuid4()
        address = practice_url("northside", name, member_id=member_id)
        kwargs = {"practice": "northside", "member_id": member_id}
        assert address == reverse(name, kwargs=kwargs)
        assert resolve(address).kwargs == kwargs
