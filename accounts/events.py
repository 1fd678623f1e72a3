"""What happened here that others react to (`config/reactions.py`)."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Sponsorship
from core.actor import Actor


@dataclass(frozen=True)
class RenewalModeSwitched:
    """Somebody's next renewal comes about in another way; the row says in which."""

    sponsorship: Sponsorship
    actor: Actor
    now: datetime
