"""What code of the house may not do, wherever it stands."""

import ast
from collections.abc import Iterator

from tests.lint.source import ROOT, Finding, Functions, Source

SIGNALS = (
    "allauth.account.signals",
    "celery.signals",
    "django.contrib.auth.signals",
    "django.core.signals",
    "django.db.backends.signals",
    "django.db.models.signals",
    "django.dispatch",
    "django.test.signals",
)
# Things that are not rows and may be deleted.
NOT_ROWS = frozenset({"cache", "default_storage", "storage"})
EXACT_LAYERS = frozenset({"models", "policy", "queries", "rules", "services"})
DELETING_SQL = ("delete from ", "truncate ", "drop table ", "drop schema ")


def import_inside(source: Source) -> Iterator[Finding]:
    """Imports stand at the top, where the import order is checked."""
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield source.finding(node, f"imports inside {function.name}()")


def signals(source: Source) -> Iterator[Finding]:
    """No signals as plumbing: an event and its reactions say who does what."""
    for node in source.nodes:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if any(name == held or name.startswith(f"{held}.") for held in SIGNALS):
                yield source.finding(node, f"uses signals: {name}")


def delete_rows(source: Source) -> Iterator[Finding]:
    """Rows an audit may ask for have no way out (X5)."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"delete", "adelete", "_raw_delete"}:
                owner = source.dotted(node.func.value).rpartition(".")[2]
                if owner not in NOT_ROWS:
                    yield source.finding(node, f"deletes rows: .{node.func.attr}()")
        elif any(verb in _text(node).lower() for verb in DELETING_SQL):
            yield source.finding(node, "deletes rows: SQL")


def _text(node: ast.AST) -> str:
    constant = node.value if isinstance(node, ast.Constant) else None
    return constant if isinstance(constant, str) else ""


def floats(source: Source) -> Iterator[Finding]:
    """Money and credits are decimals; nothing is computed in floats (X4).

    To ask whether a value is one, so as to refuse it, is not to compute in it.
    """
    exact = source.layer in EXACT_LAYERS
    for node in source.nodes:
        what = _float(source, node) if exact else ""
        if source.dotted(node).rpartition(".")[2] == "FloatField":
            what = "FloatField"
        if what:
            yield source.finding(node, f"a float: {what}")


def _float(source: Source, node: ast.AST) -> str:
    if isinstance(node, ast.Call) and source.dotted(node.func) == "float":
        return "float()"
    if isinstance(node, ast.Import) and "math" in {each.name for each in node.names}:
        return "math computes in them"
    if isinstance(node, ast.Constant) and type(node.value) is float:
        return str(node.value)
    return ""


def services_signature(source: Source) -> Iterator[Finding]:
    """A service takes named, typed arguments and says what it does.

    A reaction is handed its event as the one argument without a name. In a package the
    services are what its `__init__.py` offers; the rest is between its modules.
    """
    if source.layer != "services":
        return
    offered = _offered(source)
    for node in source.tree.body:
        if not isinstance(node, Functions) or node.name.startswith("_"):
            continue
        if offered is None or node.name in offered:
            yield from _signature(source, node)


def _offered(source: Source) -> set[str] | None:
    folder = (ROOT / source.path).parent
    if folder.name != "services" or not (folder / "__init__.py").exists():
        return None
    return set(Source("", (folder / "__init__.py").read_text()).imports)


def _signature(source: Source, function: Functions) -> Iterator[Finding]:
    given = function.args
    named = [*given.posonlyargs, *given.args]
    if named and [each.arg for each in named] != ["event"]:
        yield source.finding(function, f"{function.name}() takes unnamed arguments")
    untyped = [
        each.arg for each in (*named, *given.kwonlyargs) if each.annotation is None
    ]
    if untyped or function.returns is None:
        yield source.finding(function, f"{function.name}() is not fully typed")
    if not ast.get_docstring(function):
        yield source.finding(function, f"{function.name}() says not what it does")


def body_codes(source: Source) -> Iterator[Finding]:
    """A body is added with a file of policy and no Python."""
    packs = (ROOT / "credentials" / "policies").glob("*.toml")
    codes = {path.name.split("-")[0] for path in packs}
    codes |= {code.upper() for code in codes}
    for node in source.nodes:
        words = {node.value} if isinstance(node, ast.Constant) else set()
        if isinstance(node, ast.Name):
            words = set(node.id.lower().split("_"))
        for code in sorted(codes & {word for word in words if isinstance(word, str)}):
            yield source.finding(node, f"names the body {code}")
