"""Cards are taken with both keys of their provider, and never with one."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_environment import start

KEY, SECRET = "sk_live_of_nobody_at_all", "whsec_of_nobody_at_all"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"STRIPE_SECRET_KEY": KEY}, "STRIPE_WEBHOOK_SECRET"),
        ({"STRIPE_WEBHOOK_SECRET": SECRET}, "STRIPE_SECRET_KEY"),
    ],
)
def test_one_key_for_cards_without_the_other_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    given: dict[str, str],
    missing: str,
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{missing}\b") as stopped:
        start(monkeypatch, tmp_path, **given)
    assert "nobody" not in str(stopped.value)


def test_both_keys_let_cards_be_taken_at_the_provider_s_own_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    both = {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": SECRET}
    found = start(monkeypatch, tmp_path, **both)
    assert (found["CARDS"], found["STRIPE_API_BASE"]) == (
        True,
        "https://api.stripe.com",
    )
    assert start(monkeypatch, tmp_path)["CARDS"] is False
