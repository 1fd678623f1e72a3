"""`manage.py seal_anew`: seal secrets under the present SECRET_KEY."""

from django.core.management.base import BaseCommand, CommandError

from accounts.services.second_factors import seal_seeds_anew
from accounts.services.sign_on_settings import seal_secrets_anew
from core.scope import Scope, scoped
from core.sealing import Unreadable
from courses.services import seal_codes_anew


class Command(BaseCommand):
    """Seals anew what lies under a former key, before that key is dropped."""

    help = "Seal secrets under the present SECRET_KEY."

    def handle(self, *args: object, **options: str) -> None:
        """Seal all of them, or none where one can't be read."""
        try:
            with scoped(Scope.setup()):
                sealed = seal_seeds_anew() + seal_secrets_anew() + seal_codes_anew()
        except Unreadable as error:
            raise CommandError(f"{error} Put it into SECRET_KEY_FALLBACKS.") from error
        self.stdout.write(f"{sealed} secrets lie under the present key.")
