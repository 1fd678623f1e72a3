"""`manage.py install_products`: part of every set-up, safe to repeat."""

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.actor import Actor
from core.failures import Refusal
from core.scope import Scope, scoped
from credentials.services import install_products, publish_prices


class Command(BaseCommand):
    """Adds the products that come with the program, and publishes the packs' prices."""

    help = "Add missing products and prices; rows that exist stay as they are."

    def handle(self, *args: object, **options: object) -> None:
        """Add them and say how many."""
        added = install_products()
        try:
            with scoped(Scope.setup()):
                lists = publish_prices(
                    actor=Actor.system("install_products"), now=clock.now()
                )
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{added} products and {lists} price lists added.")
