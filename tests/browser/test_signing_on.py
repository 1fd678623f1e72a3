"""Signing in through a practice's own provider, which is a real one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from portal.demo.roster import DOMAIN
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors
from tests.identity.running import an_identity_provider
from tests.identity.words import CLIENT, PASSWORD, SECRET
from tests.totp import code_of

SETTINGS = f"/p/{HARBOR}/settings/sign-on/"
BEGIN = f"/sso/{HARBOR}/"
STRANGER = f"stranger@{DOMAIN}"


@pytest.fixture(scope="module")
def issuer(theatre: Stage) -> Iterator[str]:
    """A provider that knows Dana, Maya and somebody whom we don't."""
    people = [f"dana@{DOMAIN}", f"maya@{DOMAIN}", STRANGER]
    with an_identity_provider(f"{theatre.base}{BEGIN}back/", people) as address:
        yield address


def set_up(visitor: Visitor, issuer: str) -> str:
    """Switch single sign-on on as Dana, who has a second step; give its seed."""
    visitor.enter("dana")
    visitor.go("/accounts/security/app/")
    seed = visitor.page.locator("#seed").inner_text()
    visitor.page.get_by_role("textbox", name="Code").fill(code_of(seed))
    visitor.button("Set up").click()
    visitor.page.get_by_role("link", name="I have kept them, go on").click()
    visitor.go(f"/p/{HARBOR}/settings/people/")
    visitor.main.get_by_role("link", name="Single sign-on").click()
    visitor.page.get_by_label("Provider address (issuer)").fill(issuer)
    visitor.page.get_by_label("Client ID").fill(CLIENT)
    visitor.page.get_by_label("Client secret").fill(SECRET)
    visitor.page.get_by_label("E-mail domains of your people").fill(DOMAIN)
    visitor.page.get_by_role("radio", name="On").check()
    visitor.button("Save").click()
    expect(visitor.notice).to_contain_text("Your people can sign in")
    return seed


def go_there(visitor: Visitor, issuer: str, email: str) -> None:
    """Go to the provider by the practice's page, and sign in there."""
    visitor.watch.elsewhere = (issuer,)
    visitor.go(BEGIN)
    visitor.button("Sign in through Harbor Family Medicine").click()
    visitor.page.wait_for_url(f"{issuer}/**")
    visitor.page.locator("[name=login]").fill(email)
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.get_by_role("button", name="Sign In").click()
    visitor.page.wait_for_url(f"{visitor.stage.base}/**")


def test_dana_sets_it_up_and_comes_in_by_it_with_her_second_step(
    visitor: Visitors, issuer: str
) -> None:
    dana = visitor()
    seed = set_up(dana, issuer)
    dana.button("Check what is saved").click()
    expect(dana.notice).to_contain_text("answers, and describes itself.")
    dana.page.get_by_role("button", name="My Account").click()
    dana.page.get_by_role("button", name="Sign out").click()

    go_there(dana, issuer, f"dana@{DOMAIN}")

    expect(dana.page.get_by_role("heading", level=1)).to_have_text("Second step")
    dana.page.get_by_role("textbox", name="Code").fill(code_of(seed, steps=1))
    dana.button("Go on").click()
    expect(dana.page.get_by_role("button", name="My Account")).to_be_visible()
    dana.go(SETTINGS)
    expect(dana.main.get_by_text(f"dana@{DOMAIN}")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_maya_comes_in_and_a_stranger_does_not(
    visitor: Visitors, issuer: str, *, scripts: bool
) -> None:
    set_up(visitor(), issuer)
    maya, stranger = visitor(scripts=scripts), visitor(scripts=scripts)

    go_there(maya, issuer, f"maya@{DOMAIN}")
    stranger.watch.awaited = {403}
    go_there(stranger, issuer, STRANGER)

    expect(maya.page.get_by_role("button", name="My Account")).to_be_visible()
    heading = stranger.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You are not signed in")
