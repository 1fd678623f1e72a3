"""Anybody asks what something costs and why; an administrator orders it."""

import io
import zlib
from base64 import urlsafe_b64encode
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.core.cache import cache
from django.core.signing import Signer
from django.test import Client
from pytest_django import Settings

from billing.models import Invoice, Order
from core.throttle import VerifyThrottle
from credentials.models import Product
from portal.queries.estimating import SALT
from tests.billing.money import prices
from tests.cast import BODY, NOW, Cast
from tests.matrix.asking import checksum
from tests.portal.buying import (
    an_estimate,
    ask_price,
    ordering,
    press_order,
    problems,
)
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.usefixtures("today", "cast")


def test_a_visitor_sees_what_it_costs_and_why_and_nothing_is_kept(
    client: Client,
) -> None:
    prices()
    before = checksum()
    page = Page.of(client.get("/estimate/"))
    assert "$285.00 each; from 5: $270.00; from 10: $255.00; from 25" in page.text
    shown = Page.of(client.get(an_estimate(client, renewals="2", package="12")))
    assert "Estimate: $3,230.00" in shown.text
    assert "2 × $85.00 = $170.00 (A2)" in shown.text
    assert (
        "12 × $255.00 = $3,060.00; from 10 on each costs $255.00 instead of $285.00; "
        "from 25 on each would cost $240.00 (A2)"
    ) in shown.text
    assert "until Dec 17, 2025" in shown.text
    assert "these are this portal's until the body sets its own" in shown.text
    assert checksum() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-1", "Enter 0 or more."),
        ("1,5", "Enter a whole number, such as 12."),
        ("1.5", "Enter a whole number, such as 12."),
        ("1e3", "Enter a whole number, such as 12."),
        ("many", "Enter a whole number, such as 12."),
        ("NaN", "Enter a whole number, such as 12."),
        ("9" * 5000, "Enter a whole number, such as 12."),
        ("10001", "Enter 10,000 or less."),
        ("", "Enter how many you want of at least one."),
        ("0", "Enter how many you want of at least one."),
    ],
)
def test_what_is_no_number_of_things_is_told_beside_its_field(
    client: Client, typed: str, said: str
) -> None:
    prices()
    answer = ask_price(client, renewals=typed)
    assert answer.status_code == 422
    assert problems(answer) == [said]
    field = Page.of(answer).one("input", name="n-renewals")
    assert field.attributes.get("value", "") == typed


def test_ten_thousand_are_priced(client: Client) -> None:
    shown = Page.of(client.get(an_estimate(client, renewals="10000")))
    assert "Estimate: $850,000.00" in shown.text


def test_what_fills_a_product_that_is_not_there_is_not_sold(client: Client) -> None:
    Product.objects.filter(code="hipaa").delete()
    prices()
    answer = ask_price(client, package="3")
    assert (answer.status_code, problems(answer)) == (
        422,
        ["Enter how many you want of at least one."],
    )


def test_a_body_without_prices_says_so(client: Client) -> None:
    page = Page.of(client.get("/estimate/"))
    assert "This body publishes no prices here." in page.text
    assert client.get("/estimate/", {"program": "nobody"}).status_code == 404


def test_an_estimate_holds_until_its_last_day_and_leads_to_a_new_one(
    client: Client,
) -> None:
    address = an_estimate(client, renewals="7")
    with time_machine.travel(NOW + timedelta(days=30)):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(days=31)):
        answer = client.get(address)
        assert answer.status_code == 410
        page = Page.of(answer)
        assert "These prices are no longer valid" in page.text
        [again] = [
            each.attributes["href"]
            for each in page.all("a")
            if each.text == "New estimate with the same numbers"
        ]
        fresh = Page.of(client.get(again))
        assert fresh.one("input", name="n-renewals").attributes["value"] == "7"
        assert client.get(f"{address[:-1]}.pdf").status_code == 410


def test_an_estimate_of_a_day_to_come_is_none_yet(client: Client) -> None:
    address = an_estimate(client, renewals="7")
    with time_machine.travel(NOW - timedelta(days=1)):
        assert client.get(address).status_code == 410


@pytest.mark.parametrize("tail", ["", ".pdf"])
@pytest.mark.parametrize("how", ["cut", "longer", "cheaper", "nonsense", "empty"])
def test_an_address_that_was_changed_is_no_estimate(
    client: Client, alice: Client, how: str, tail: str
) -> None:
    address = an_estimate(client, renewals="7")
    signed = address.split("/")[2]
    _, _, mark = signed.partition(".")
    cheap = urlsafe_b64encode(
        f'["{BODY}","2017-01-01","2025-11-17",[["renewals",1]]]'.encode()
    )
    packed = urlsafe_b64encode(zlib.compress(b"x")).decode().rstrip("=")
    other = {
        "cut": signed[:-4],
        "longer": f"{signed}A",
        "cheaper": f"{cheap.decode().rstrip('=')}.{mark}",
        "nonsense": f".{packed}.{mark}",
        "empty": "..",
    }[how]
    path = f"/estimate/{other}{tail}" if tail else f"/estimate/{other}/"
    answer = client.get(path)
    assert answer.status_code == 404
    assert "No estimate at this address" in Page.of(answer).text
    if not tail:
        assert alice.get(ordering(path)).status_code == 404


def test_an_estimate_signed_under_a_former_key_still_holds(
    client: Client, settings: Settings
) -> None:
    address = an_estimate(client, renewals="7")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key" * 5
    assert client.get(address).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert client.get(address).status_code == 200


def test_nothing_else_that_this_portal_signs_is_an_estimate(client: Client) -> None:
    said = [BODY, "2017-01-01", "2025-11-17", [["renewals", 1]]]
    prices()
    for salt, status in ((SALT, 200), ("another", 404)):
        signed = Signer(salt=salt, sep=".").sign_object(said)
        assert client.get(f"/estimate/{signed}/").status_code == status


def test_an_estimate_is_printed_the_same_each_time(client: Client) -> None:
    address = f"{an_estimate(client, renewals='7')[:-1]}.pdf"
    first, second = client.get(address), client.get(address)
    assert first["Content-Type"] == "application/pdf"
    assert first.content == second.content
    assert 'filename="estimate-2025-11-17.pdf"' in first["Content-Disposition"]
    text = pypdf.PdfReader(io.BytesIO(first.content)).pages[0].extract_text()
    assert "7 × $85.00 = $595.00 (A2)" in text
    assert "American College of Medical Scribe Specialists" in text
    assert "Dec 17, 2025" in text


def test_paper_is_not_made_too_often(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VerifyThrottle, "rate", "1/min", raising=False)
    address = f"{an_estimate(client, renewals='7')[:-1]}.pdf"
    cache.clear()
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


def test_an_administrator_orders_an_estimate_at_its_prices(
    alice: Client, cast: Cast
) -> None:
    address = an_estimate(alice, renewals="2")
    shown = Page.of(alice.get(address))
    [link] = [each for each in shown.all("a") if each.text == "Order for Northside"]
    assert link.attributes["href"] == ordering(address)
    check = Page.of(alice.get(ordering(address)))
    assert "“Awaiting payment” until Dec 17, 2025" in check.text
    assert Order.objects.count() == 0
    with time_machine.travel(NOW + timedelta(days=3)):
        later = open_session(Client(), cast.alice)
        answer = press_order(later, ordering(address))
    order = Order.objects.get()
    assert answer["Location"] == f"/p/northside/orders/{order.pk}/"
    assert (order.practice, order.state) == (cast.northside, Order.State.AWAITING)
    assert (str(order.priced_on), str(order.placed_on)) == ("2025-11-17", "2025-11-20")
    assert order.told == cast.alice.email
    seller = Invoice.objects.get().facts["seller"]
    assert seller == "American College of Medical Scribe Specialists"


def test_the_same_form_twice_orders_once_and_another_order_with_it_is_refused(
    alice: Client,
) -> None:
    address = ordering(an_estimate(alice, renewals="2"))
    other = ordering(an_estimate(alice, renewals="3"))
    form = {"form_key": "the key of one form"}
    places = {alice.post(address, form)["Location"] for _ in range(2)}
    assert (len(places), Order.objects.count()) == (1, 1)
    refused = alice.post(other, form)
    assert refused.status_code == 409
    assert "Nothing was ordered." in problems(refused)[0]
    # The page that says so carries a key that works.
    fresh = Page.of(refused).one("input", name="form_key").attributes["value"]
    assert alice.post(other, {"form_key": fresh}).status_code == 302
    assert Order.objects.count() == 2


def test_a_form_without_its_key_orders_nothing(alice: Client) -> None:
    address = ordering(an_estimate(alice, renewals="2"))
    answer = alice.post(address, {})
    assert answer.status_code == 422
    assert problems(answer) == ["Reload the page, then send the form again."]
    assert not Order.objects.exists()


def test_a_key_of_the_portal_s_own_can_not_be_sent(alice: Client, cast: Cast) -> None:
    """Or a practice could take the one key of a former member's own renewal."""
    address = ordering(an_estimate(alice, renewals="2"))
    taken = f"renew:{cast.bob.pk.hex}:0"
    answer = alice.post(address, {"form_key": taken})
    assert answer.status_code == 422
    assert problems(answer) == ["Reload the page, then send the form again."]
    assert not Order.objects.exists()


def test_an_ended_estimate_orders_nothing(alice: Client, cast: Cast) -> None:
    address = ordering(an_estimate(alice, renewals="2"))
    with time_machine.travel(NOW + timedelta(days=31)):
        late = open_session(Client(), cast.alice)
        assert late.post(address, {"form_key": "k"}).status_code == 410
    assert not Order.objects.exists()


def test_who_administers_nothing_is_offered_no_order(
    client: Client, bob: Client
) -> None:
    address = an_estimate(client, renewals="2")
    assert "Sign in to order" in Page.of(client.get(address)).text
    assert "Order for" not in Page.of(bob.get(address)).text
    assert bob.get(ordering(address)).status_code == 403
    assert bob.get(ordering(address, "lakeview")).status_code == 404
