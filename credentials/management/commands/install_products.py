"""`manage.py install_products`: part of every set-up, safe to repeat."""

from django.core.management.base import BaseCommand

from credentials.services import install_products


class Command(BaseCommand):
    """Adds the products that come with the program."""

    help = "Add the products that are missing; rows that exist stay as they are."

    def handle(self, *args: object, **options: object) -> None:
        """Add them and say how many."""
        self.stdout.write(f"{install_products()} products added.")
