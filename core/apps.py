"""What core does when the project starts: Django learns its checks."""

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class CoreConfig(AppConfig):
    """Core's place among the apps."""

    name = "core"

    def ready(self) -> None:
        """Have the settings checked at every start, once every app is loaded."""
        for name in ("check_queue", "check_mail", "check_rest"):
            checks.register(import_string(f"core.checks.{name}"))
        checks.register(import_string("core.web_checks.check_web"))
        checks.register(import_string("core.web_checks.check_production"), deploy=True)
        checks.register(import_string("core.checks.check_files"), deploy=True)
