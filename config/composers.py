"""Which kinds of mail are put together only when they leave, and by whom."""

from collections.abc import Mapping

from accounts.services import compose_reset
from core.letters import Composer

COMPOSERS: Mapping[str, Composer] = {
    "reset": compose_reset,
}
