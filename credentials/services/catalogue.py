"""The products that come with the program, written as rows a body may change."""

from pathlib import Path
from tomllib import loads

from django.db import transaction

from credentials.models import Product

FILE = Path(__file__).resolve().parents[1] / "products.toml"


@transaction.atomic
def install_products() -> int:
    """Add the products that are missing and return how many; rows there stay as is."""
    added = 0
    for row in loads(FILE.read_text())["products"]:
        key = {"program": row.pop("program"), "code": row.pop("code")}
        _, created = Product.objects.get_or_create(**key, defaults=row)
        added += created
    return added
