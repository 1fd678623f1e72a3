"""A passkey, made and used in a real browser by its own virtual authenticator."""

import pytest
from playwright.sync_api import CDPSession, expect

from portal.demo.roster import DOMAIN, PASSWORD
from tests.browser.visitor import Visitor, Visitors
from tests.totp import code_of

SECURITY = "/accounts/security/"


def virtual_key(visitor: Visitor) -> CDPSession:
    """Plug a security key with a fingerprint reader into the browser's window."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def up_to_the_second_step(visitor: Visitor, account: str) -> None:
    """Sign out and in again by password."""
    visitor.page.get_by_role("button", name="My Account").click()
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.go("/accounts/login/")
    visitor.page.get_by_label("E-mail").fill(f"{account}@{DOMAIN}")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.button("Sign in").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Second step")


def test_dana_sets_a_passkey_up_and_signs_in_with_it(visitor: Visitors) -> None:
    dana = visitor()
    dana.sign_in("dana")
    virtual_key(dana)
    dana.go(SECURITY)
    dana.page.get_by_role("link", name="Set up a passkey").click()
    dana.page.get_by_role("textbox", name="Name").fill("My laptop")
    dana.button("Set up").click()
    expect(dana.main.get_by_role("listitem")).to_have_count(10)
    dana.page.get_by_role("link", name="I have kept them, go on").click()

    up_to_the_second_step(dana, "dana")
    dana.button("Use your passkey").click()

    expect(dana.page.get_by_role("button", name="My Account")).to_be_visible()
    dana.go(SECURITY)
    expect(dana.main.get_by_text("My laptop").first).to_be_visible()
    expect(dana.main.get_by_text("Not used yet.")).to_have_count(0)


def test_another_passkey_opens_nothing(visitor: Visitors) -> None:
    dana = visitor()
    dana.sign_in("dana")
    key = virtual_key(dana)
    dana.go(f"{SECURITY}passkey/")
    dana.button("Set up").click()
    expect(dana.page.get_by_role("heading", level=1)).to_have_text(
        "Your recovery codes"
    )
    up_to_the_second_step(dana, "dana")
    key.send("WebAuthn.disable")
    virtual_key(dana)

    dana.button("Use your passkey").click()

    expect(dana.main.get_by_role("status")).to_have_text(
        "That didn't work. Try again, or use another way."
    )
    dana.go("/p/harbor-family-medicine/")
    expect(dana.page.get_by_role("heading", level=1)).to_have_text("Second step")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_priya_signs_in_by_codes(visitor: Visitors, *, scripts: bool) -> None:
    priya = visitor(scripts=scripts)
    priya.sign_in("priya")
    priya.go(f"{SECURITY}app/")
    seed = priya.page.locator("#seed").inner_text()
    priya.page.get_by_role("textbox", name="Code").fill(code_of(seed))
    priya.button("Set up").click()
    recovery = priya.page.locator("#codes li").first.inner_text()
    priya.page.get_by_role("link", name="I have kept them, go on").click()

    up_to_the_second_step(priya, "priya")
    priya.page.get_by_role("textbox", name="Code").fill(code_of(seed, steps=1))
    priya.button("Go on").click()
    expect(priya.page.get_by_role("button", name="My Account")).to_be_visible()

    up_to_the_second_step(priya, "priya")
    priya.page.get_by_role("textbox", name="Code").fill(recovery)
    priya.button("Go on").click()
    expect(priya.page.get_by_role("button", name="My Account")).to_be_visible()
