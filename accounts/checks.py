"""Checks at the start: every route has its permission, and no demonstration leaks out.

`check_routes` runs at every start; `check_demonstration` asks the database and runs
with `manage.py check --database default` and `migrate`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import Permission
from accounts.models import User
from accounts.rules import DEMO_MAIL
from core.scope import Scope, scoped

HANDLERS = ("get", "post", "put", "patch", "delete", "options", "trace")


@dataclass(frozen=True)
class Routed:
    """One address the project answers: its whole pattern, name and view."""

    path: str
    name: str
    view: Callable[..., HttpResponseBase]

    @property
    def permissions(self) -> Mapping[str, Permission]:
        """Method → the permission declared for it; empty where none is."""
        view = getattr(self.view, "view_class", None)
        if view is not None:
            found: Mapping[str, Permission] = getattr(view, "permissions", {})
            return found
        permission = getattr(self.view, "permission", None)
        if not isinstance(permission, Permission):
            return {}
        return dict.fromkeys(getattr(self.view, "methods", ()), permission)

    @property
    def handled(self) -> set[str]:
        """The methods a class of ours answers; a function's are what it declares."""
        view = getattr(self.view, "view_class", None)
        if view is None:
            return set(self.permissions)
        known = set(getattr(view, "http_method_names", HANDLERS))
        return {
            method.upper()
            for method in HANDLERS
            if method in known and hasattr(view, method)
        }

    @property
    def of_demonstration(self) -> bool:
        """Whether the view belongs to a module of the demonstration."""
        return "demo" in self.view.__module__.split(".")


def routed(resolver: URLResolver | None = None) -> Iterator[Routed]:
    """Give every address of a URLconf, nested includes and namespaces unfolded."""
    yield from _below(resolver or get_resolver(), "", "")


def _below(resolver: URLResolver, path: str, names: str) -> Iterator[Routed]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Routed(here, names + (entry.name or ""), entry.callback)
        else:
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from _below(entry, here, names + space)


def check_routes(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold every route to a name and to a permission for each method it answers."""
    found: list[CheckMessage] = []
    for each in routed():
        found += _faults(each)
        if each.of_demonstration and not settings.DEMO:
            said = f"/{each.path} is a door of the demonstration."
            hint = "Route it with DEMO=1 only."
            found.append(Error(said, hint=hint, id="accounts.E103"))
    return found


def _faults(each: Routed) -> Iterator[Error]:
    if not each.name.rpartition(":")[2]:
        hint = "Give it a name: the permission matrix has a row for each name."
        yield Error(f"/{each.path} has no name.", hint=hint, id="accounts.E101")
    undeclared = each.handled - set(each.permissions) or not each.permissions
    if undeclared or not all(
        isinstance(right, Permission) for right in each.permissions.values()
    ):
        yield Error(
            f"/{each.path} ({each.name}) declares no permission.",
            hint="Put it behind @route(permission=…), or name what each method of a "
            "REST view needs in its `permissions`.",
            id="accounts.E102",
        )


def check_demonstration(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: object,
) -> list[CheckMessage]:
    """Refuse a start outside a demonstration where its accounts exist."""
    table = User._meta.db_table
    if settings.DEMO:
        return []
    for alias in databases or ():
        if table not in connections[alias].introspection.table_names():
            continue
        with scoped(Scope.entry()):
            people = User.objects.using(alias).filter(email__iendswith=DEMO_MAIL)
            found = people.exists()
        if found:
            said = "This database holds a demonstration's accounts."
            hint = f"Start on a database without them ({DEMO_MAIL}), or with DEMO=1."
            return [Error(said, hint=hint, id="accounts.E104")]
    return []
