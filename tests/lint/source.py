"""Python files as the rules see them: where they stand, and what their names mean."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core",
    "accounts",
    "notifications",
    "billing",
    "credentials",
    "certificates",
    "ce_credits",
    "renewals",
    "courses",
    "portal",
)
HOUSE = (*APPS, "config")
LAYERS = frozenset(
    {
        "adapters",
        "admin",
        "api",
        "authentication",
        "context",
        "forms",
        "management",
        "middleware",
        "models",
        "policy",
        "queries",
        "rest",
        "routes",
        "rules",
        "serializers",
        "services",
        "tasks",
        "templatetags",
        "urls",
        "views",
    }
)
Functions = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Finding:
    """A place that breaks a rule."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Source:
    """One parsed file; `path` is relative to the project, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    @property
    def app(self) -> str:
        """The top folder."""
        return self.path.split("/")[0]

    @property
    def layer(self) -> str:
        """The layer of the architecture the file belongs to; empty outside them."""
        parts = Path(self.path).with_suffix("").parts[1:]
        return next((part for part in parts if part in LAYERS), "")

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → the full dotted name it stands for."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.split(".")[0]
                    found[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    name = f"{node.module}.{alias.name}"
                    found[alias.asname or alias.name] = name
        return found

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Node → the node that holds it."""
        return {
            child: node for node in self.nodes for child in ast.iter_child_nodes(node)
        }

    def dotted(self, node: ast.AST) -> str:
        """Return the full name an expression stands for, as far as imports tell."""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value)
            return f"{base}.{node.attr}" if base else ""
        return ""

    def finding(self, node: ast.AST, text: str) -> Finding:
        """Point at a node."""
        return Finding(self.path, getattr(node, "lineno", 1), text)

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Give every call of what has this full dotted name."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and self.dotted(node.func) == name:
                yield node

    def functions(self) -> Iterator[Functions]:
        """Give every function and method."""
        for node in self.nodes:
            if isinstance(node, Functions):
                yield node


Rule = Callable[[Source], Iterator[Finding]]


@cache
def project(*folders: str) -> tuple[Source, ...]:
    """Read the Python files of top-level folders, migrations left out."""
    files = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for path in sorted(files)
        if "migrations" not in path.parts
    )
