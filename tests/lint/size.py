"""How long a file and a function may grow before they are split by subject."""

import ast
from collections.abc import Iterator

from tests.lint.source import Finding, Functions, Source

MODULE_LINES = 300
FUNCTION_LINES = 40


def long_module(source: Source) -> Iterator[Finding]:
    """A module stays under 300 lines."""
    lines = len(source.text.splitlines())
    if lines > MODULE_LINES:
        yield Finding(source.path, 1, f"{lines} lines, at most {MODULE_LINES}")


def long_function(source: Source) -> Iterator[Finding]:
    """A function's body stays under 40 lines; signature and docstring are free."""
    for function in source.functions():
        lines = _lines(function)
        if lines > FUNCTION_LINES:
            said = f"{function.name}() has {lines} lines, at most {FUNCTION_LINES}"
            yield source.finding(function, said)


def _lines(function: Functions) -> int:
    body = list(function.body)
    if ast.get_docstring(function) is not None and len(body) > 1:
        del body[0]
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1
