"""Named refusals: what a service raises when it will not do something."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class FieldProblem:
    """One field that stands in the way, and the way out.

    `pointer` is the field's name on a page and "/name" in the API.
    """

    field: str
    text: str
    code: str = "not_usable"


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """The service did nothing; `text` says why and what would help."""

    text: str
    problems: Sequence[FieldProblem] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    slug: ClassVar[str] = "conflict"
    title: ClassVar[str] = "This can't be done now"
    status: ClassVar[int] = 409

    def __str__(self) -> str:
        return self.text


class NotUsable(Refusal):
    """A value can't be used; `problems` names each field."""

    slug = "validation-error"
    title = "Some fields need another value"
    status = 422


class Missing(Refusal):
    """There is no such thing here, or it belongs to somebody else: told apart never."""

    slug = "not-found"
    title = "Not found"
    status = 404


class Stale(Refusal):
    """The page or the client's copy is older than the row."""

    slug = "stale-version"
    title = "Changed meanwhile"
    status = 409


class NotEligible(Refusal):
    """A rule says no."""

    slug = "not-eligible"
    title = "Not possible under the rules"
    status = 409
