"""Who can be entered as, on the landing page of a demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from certificates.models import Certificate
from core.scope import Scope, scoped
from portal.demo.roster import DOMAIN
from portal.queries.shown import initials

WORDS = {
    "dana": ("Practice administrator", "24 people, 3 need a renewal, 6 to assign."),
    "maya": ("Credential holder, CMSS", "1.5 of 3.0 CME, 14 days to go."),
    "tom": ("Credential holder, CMSS", "Needs renewal now, 3.0 CME are there."),
    "lena": (
        "Certificant, CPCS and CPMSM",
        "27.0 of 30.0 CE, 14.0 of 15.0 approved.",
    ),
    "samuel": (
        "Physician with a licence",
        "3.0 of 10.0 hours of risk management.",
    ),
    "priya": ("Staff of the scribes' body", "9 activities wait for her decision."),
    "marcus": ("Staff of the three-year body", "2 applications wait for his decision."),
    "grace": ("Staff of the medical society", "1 live activity is to come."),
    "ruth": ("Another practice's administrator", "Sees nothing of the first."),
}


@dataclass(frozen=True)
class Card:
    """One person to enter as."""

    initials: str
    name: str
    role: str
    text: str
    button: str
    email: str


def demo_cards() -> Sequence[Card]:
    """List the people of the demonstration who can sign in."""
    order = list(WORDS)
    addresses = [f"{name}@{DOMAIN}" for name in order]
    with scoped(Scope.sweep()):
        users = list(User.objects.filter(email__in=addresses))
    found = {user.email.partition("@")[0]: user for user in users}
    return [_card(name, found[name]) for name in order if name in found]


def _card(account: str, user: User) -> Card:
    role, text = WORDS[account]
    first = user.name.split()[0]
    return Card(
        initials=initials(user.name),
        name=user.name,
        role=role,
        text=text,
        button=f"Enter as {first}",
        email=user.email,
    )


def sample_number() -> str:
    """Give a certificate number to try the verify box with."""
    with scoped(Scope.sweep()):
        newest = Certificate.objects.order_by("-valid_until").first()
    return newest.number if newest else ""
