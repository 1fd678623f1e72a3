"""What accounts does when the project starts: Django learns its checks."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    """Accounts' place among the apps."""

    name = "accounts"

    def ready(self) -> None:
        """Have routes checked at every start, and the rows where a database is."""
        checks.register(import_string("accounts.checks.check_routes"), checks.Tags.urls)
        checks.register(
            import_string("accounts.checks.check_demonstration"), checks.Tags.database
        )
