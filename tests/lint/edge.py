"""What only the edge may do, and what the edge may not."""

import ast
from collections.abc import Iterator

from tests.lint.source import Finding, Source

# Where a request, a message or a command comes in.
CLOCK_EDGE = frozenset(
    {
        "adapters",
        "api",
        "authentication",
        "context",
        "management",
        "middleware",
        "rest",
        "routes",
        "tasks",
        "views",
    }
)
CLOCKS = frozenset(
    {
        "core.clock.domain_now",
        "core.clock.now",
        "core.clock.pinned",
        "core.clock.today",
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "django.db.models.functions.Now",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
        "django.utils.timezone.now",
        "time.gmtime",
        "time.localtime",
        "time.time",
        "time.time_ns",
    }
)
READING_EDGE = frozenset(
    {"api", "authentication", "context", "forms", "management", "middleware"}
    | {"rest", "serializers", "tasks", "templatetags", "views", "adapters"}
)
SCOPES = frozenset({"of", "visible_to", "of_program", "none"})
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
# Rows that belong to nobody: everybody may read them.
OPEN_MODELS = frozenset({"Product"})
WRITING_EDGE = READING_EDGE - {"management"}
WRITES = frozenset(
    {
        "abulk_create",
        "acreate",
        "asave",
        "aupdate",
        "bulk_create",
        "bulk_update",
        "create",
        "get_or_create",
        "save",
        "update_or_create",
    }
)


def clock_inside(source: Source) -> Iterator[Finding]:
    """Nobody inside asks the clock: today and now are handed in."""
    if source.layer in CLOCK_EDGE or source.path == "core/clock.py":
        return
    for node in source.nodes:
        if not isinstance(node, ast.Attribute | ast.Name):
            continue
        if isinstance(node.ctx, ast.Load) and source.dotted(node) in CLOCKS:
            yield source.finding(node, f"asks the clock: {source.dotted(node)}")
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield source.finding(node.value, f"asks the clock: {node.arg}")


def unscoped_read(source: Source) -> Iterator[Finding]:
    """At the edge, rows are read through a scope only (wall 2)."""
    if source.layer not in READING_EDGE:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            if not _scoped(source, node):
                name = source.dotted(node) or f"….{node.attr}"
                yield source.finding(node, f"reads rows without a scope: {name}")
        elif isinstance(node, ast.Call):
            yield from _hidden_read(source, node)


def _scoped(source: Source, manager: ast.Attribute) -> bool:
    if source.dotted(manager.value).rpartition(".")[2] in OPEN_MODELS:
        return True
    parent = source.parents.get(manager)
    return isinstance(parent, ast.Attribute) and parent.attr in SCOPES


def _hidden_read(source: Source, call: ast.Call) -> Iterator[Finding]:
    name = source.dotted(call.func).rpartition(".")[2]
    if name in {"get_object_or_404", "get_list_or_404"} and call.args:
        model = source.dotted(call.args[0]).rpartition(".")[2]
        # A queryset's name starts small; where it comes from is looked at there.
        if model[:1].isupper() and model not in OPEN_MODELS:
            yield source.finding(call, f"{name} on {model} has no scope")
    elif isinstance(call.func, ast.Attribute) and call.func.attr in {"cursor", "raw"}:
        yield source.finding(call, f"reads with SQL of its own: .{call.func.attr}()")


def write_at_edge(source: Source) -> Iterator[Finding]:
    """Views, API and tasks change rows through a service, never themselves."""
    if source.layer not in WRITING_EDGE:
        return
    for node in source.nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb = node.func.attr
        if verb in WRITES or (verb == "update" and _on_rows(node.func.value)):
            yield source.finding(node, f"writes rows past the services: .{verb}()")


def _on_rows(node: ast.AST) -> bool:
    """Tell a queryset's chain from a dictionary by the words in it."""
    words = MANAGERS | SCOPES | {"filter", "exclude", "all", "select_for_update"}
    return any(
        isinstance(inner, ast.Attribute) and inner.attr in words
        for inner in ast.walk(node)
    )
