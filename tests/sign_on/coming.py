"""Going to the provider as our pages do, and coming back with what it says."""

from accounts.openid import Client, Person, Provider, Question, ask, who_is_it
from tests.sign_on.provider import CLIENT, SECRET, FakeProvider

US = Client(CLIENT, SECRET, "https://goodstanding.example/sso/northside/back/")


def asked(provider: FakeProvider) -> tuple[Provider, Question]:
    """Go to the provider."""
    known = Provider.of(provider.issuer)
    question = ask(known, US)
    provider.nonce = question.nonce
    return known, question


def came_back(provider: FakeProvider) -> Person:
    """Go to the provider and come back."""
    known, question = asked(provider)
    return who_is_it(
        known, US, code="c0de", verifier=question.verifier, nonce=question.nonce
    )
