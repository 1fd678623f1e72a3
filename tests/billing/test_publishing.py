"""Setting up publishes the packs' prices: once, and never other ones for that day."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.models import Price, PriceList
from core.models import AuditEntry
from credentials.models import Product
from tests.cast import BODY
from tests.matrix.asking import checksum
from tests.matrix.canaries import open_ledgers

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def install() -> str:
    """Run the command of every set-up and give what it says."""
    out = StringIO()
    call_command("install_products", stdout=out)
    return out.getvalue()


def test_products_and_prices_are_there_after_it() -> None:
    assert install() == "8 products and 4 price lists added.\n"
    assert Product.objects.filter(program=BODY).count() == 8
    prices = Price.objects.filter(code="package").order_by("start")
    assert [(each.start, str(each.unit)) for each in prices] == [
        (1, "285.00"),
        (5, "270.00"),
        (10, "255.00"),
        (25, "240.00"),
    ]
    entry = AuditEntry.objects.get(action="prices.published", program=BODY)
    assert (entry.program, entry.sentence) == (
        BODY,
        "Published the prices of acmss@2017-01-01",
    )


def test_run_again_it_changes_nothing() -> None:
    install()
    before = checksum()
    assert install() == "0 products and 0 price lists added.\n"
    assert checksum() == before


def test_other_prices_for_a_published_day_stop_it() -> None:
    install()
    with open_ledgers():
        Price.objects.filter(code="renewals").update(unit=84)
    before = checksum()
    with pytest.raises(CommandError, match="Write a new pack with a later"):
        install()
    assert checksum() == before
    assert PriceList.objects.filter(program=BODY).count() == 1
