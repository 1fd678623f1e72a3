"""Signing in by a provider, as a browser does it."""

from typing import TYPE_CHECKING

from django.test import Client

from tests.accounts.reading import said
from tests.sign_on.provider import FakeProvider, sent_with

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

HERE = "/sso/northside/"
BACK = f"{HERE}back/"
# No part of a random id looks like it.
CODE = "the-code-of-somebody"


def go(client: Client, provider: FakeProvider, path: str = HERE, **form: str) -> str:
    """Press the button; give the state somebody is sent with."""
    answer = client.post(path, form)
    assert answer.status_code == 200, said(answer)
    url = answer.headers["Refresh"].removeprefix("0; url=")
    assert url.startswith(f"{provider.issuer}/authorize?")
    sent = sent_with(url)
    provider.nonce = sent["nonce"]
    return sent["state"]


def come_back(client: Client, state: str, **more: str) -> "Answer":
    """Be sent back by the provider."""
    return client.get(BACK, {"state": state, "code": CODE, **more})


def refused(answer: "Answer", status: int = 400) -> bool:
    """Whether a page of ours says no."""
    return answer.status_code == status and "You are not signed in" in said(answer)
