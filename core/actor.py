"""Who does something: a person, a program with a token, or the portal itself."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """The one a change is written down for.

    `label` is how the trail names the actor for good, even after a change of name.
    `token_id` is a practice's token, `body_token_id` a body's; `maker_id` is who made
    the latter: it decides on nothing of theirs.
    """

    label: str
    user_id: UUID | None = None
    token_id: UUID | None = None
    body_token_id: UUID | None = None
    maker_id: UUID | None = None

    @classmethod
    def system(cls, job: str) -> Self:
        """Name a job of the portal, such as "nightly renewal"."""
        return cls(label=f"Goodstanding ({job})")

    @property
    def key(self) -> str:
        """Tell actors apart where a key must be one's own."""
        if self.token_id:
            return f"token:{self.token_id}"
        if self.body_token_id:
            return f"body-token:{self.body_token_id}"
        return f"user:{self.user_id}" if self.user_id else f"system:{self.label}"
