"""How long refusals take: for known and unknown addresses, foreign and missing rows.

    make bench NAME=timing

Each way in is asked a hundred times for each kind of address, in turn, on Argon2; each
place twice as often, for a row of another practice and for none. The figures are the
medians, and how far they lie apart: less than a tenth is the goal of the ways in, less
than 5 ms that of rows. It reports and never fails: a busy machine is no fault of the
program. The last line is the ways in's largest difference.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import uuid4

from django.core.cache import cache
from django.test import Client, override_settings

from accounts.models import User
from accounts.services.tokens import create_token, revoke_token
from tests.cast import (
    PASSWORD,
    TESTER,
    a_member,
    a_practice,
    a_user,
    an_administrator,
)
from tests.signing import open_session

TIMES = 100
MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
Ask = Callable[[str], object]


def main(options: Sequence[str]) -> None:
    """Print a line for each way in; the last line is the largest difference."""
    times = int(options[0]) if options else TIMES
    # What is refused here is refused on purpose, hundreds of times.
    logging.disable(logging.WARNING)
    with override_settings(CACHES=MEMORY, ALLOWED_HOSTS=["testserver"]):
        for name, place, kinds in _places():
            _report(name, place, kinds, 2 * times)
        largest = max(
            _report(name, way, kinds, times) for name, way, kinds in _ways_in()
        )
    print(f"{largest:.1%}")  # noqa: T201  (a benchmark says what it found)


def _places() -> list[tuple[str, Ask, Mapping[str, str]]]:
    own, other = a_practice("Own"), a_practice("Other")
    annie = an_administrator("Annie Own", own)
    kinds = {"foreign": str(a_member("Oscar Other", other).pk), "missing": str(uuid4())}
    client = open_session(Client(), annie)

    def look(member: str) -> object:
        return client.get(f"/p/own/members/{member}/")

    def change(member: str) -> object:
        where = f"/p/own/members/{member}/renewal-mode/"
        return client.post(where, {"mode": "manual"})

    home = {"foreign": "other", "missing": "nowhere"}
    return [
        ("a member's page", look, kinds),
        ("a member's change", change, kinds),
        ("a practice's page", lambda slug: client.get(f"/p/{slug}/"), home),
    ]


def _ways_in() -> list[tuple[str, Ask, Mapping[str, str]]]:
    practice = a_practice("Timed")
    alice = an_administrator("Alice Timed", practice)
    gina = a_user("Gina Gone")
    User.objects.filter(pk=gina.pk).update(is_active=False)
    kinds = {
        "known": alice.email,
        "unknown": "nobody@mail.example",
        "inactive": gina.email,
    }
    now = datetime.now(UTC)
    made = create_token(
        actor=TESTER,
        user=alice,
        practice=practice,
        name="Timed",
        scopes=["ce:read"],
        expires_at=now + timedelta(days=1),
        now=now,
    )
    revoke_token(actor=TESTER, practice=practice, token_id=made.token.pk, now=now)
    tokens = {"unknown": "cep_live_" + "x" * 43, "revoked": made.secret}
    return [
        ("wrong password", _sign_in("a wrong guess"), kinds),
        ("right password, inactive", _sign_in(PASSWORD), {**kinds, "known": ""}),
        ("reset", _reset, kinds),
        ("api token", _token, tokens),
    ]


def _sign_in(password: str) -> Ask:
    def ask(email: str) -> object:
        return Client().post("/accounts/login/", {"login": email, "password": password})

    return ask


def _reset(email: str) -> object:
    return Client().post("/accounts/reset/", {"email": email})


def _token(secret: str) -> object:
    headers = {"authorization": f"Bearer {secret}"}
    return Client().get("/api/v1/practices/nowhere/seats", headers=headers)


def _report(name: str, ask: Ask, kinds: Mapping[str, str], times: int) -> float:
    asked = {kind: text for kind, text in kinds.items() if text}
    found: dict[str, list[float]] = {kind: [] for kind in asked}
    for _ in range(times):
        for kind, text in asked.items():
            cache.clear()
            began = time.perf_counter()
            ask(text)
            found[kind].append((time.perf_counter() - began) * 1000)
    medians = {kind: median(each) for kind, each in found.items()}
    apart = (max(medians.values()) - min(medians.values())) / max(medians.values())
    words = ", ".join(f"{kind} {each:.1f} ms" for kind, each in medians.items())
    gap = max(medians.values()) - min(medians.values())
    print(f"{name}: {words}; {gap:.2f} ms, {apart:.1%} apart")  # noqa: T201  (it reports)
    return apart
