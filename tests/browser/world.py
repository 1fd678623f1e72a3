"""The world that every page is looked at in: a little has happened already."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import expect

from deploy.processes import output
from deploy.setup import PYTHON
from portal.demo.roster import DOMAIN
from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor
from tests.sign_on.provider import CLIENT, SECRET, a_provider

LINK = re.compile(r"http://\S+/accounts/(?:invite|reset)/\S+")
SIGN = """
from core.scope import Scope, scoped
from notifications.models import Subscription
from notifications.queries import unsubscribe_path
with scoped(Scope.sweep()):
    print(unsubscribe_path(Subscription.objects.get()))
"""
INVITED, JOINING = "ina.vited@mail.example", "ruth@demo.example"
LEAVING = "nils.away@mail.example"


@dataclass
class World:
    """What pages are shown in: mailed links by address, a certificate's number."""

    stage: Stage
    links: dict[str, str] = field(default_factory=dict)
    number: str = ""


def set_up_sign_on(dana: Visitor) -> None:
    """Switch Harbor's single sign-on on, by a provider that is away ever after."""
    with a_provider() as provider:
        dana.go(f"/p/{HARBOR}/settings/sign-on/")
        dana.page.get_by_label("Provider address (issuer)").fill(provider.issuer)
        dana.page.get_by_label("Client ID").fill(CLIENT)
        dana.page.get_by_label("Client secret").fill(SECRET)
        dana.page.get_by_label("E-mail domains of your people").fill(DOMAIN)
        dana.page.get_by_role("radio", name="On").check()
        dana.button("Save").click()
        expect(dana.notice).to_contain_text("Your people can sign in")


def ask_maya(ruth: Visitor) -> None:
    """Let Cedar ask Maya, whom Harbor sponsors, and leave."""
    ruth.enter("ruth")
    ruth.invite("Maya", "Torres", "maya@demo.example", "cedar-surgical-group")
    ruth.context.clear_cookies()


def one_click(stage: Stage, dana: Visitor) -> str:
    """Have Dana ask for the weekly summary, and sign the link that ends it."""
    dana.go("/settings/notifications/")
    dana.page.get_by_role("checkbox", name="Weekly summary").check()
    dana.button("Save").click()
    expect(dana.notice).to_contain_text("Saved.")
    command = [PYTHON, "manage.py", "shell", "-v", "0", "-c", SIGN]
    environment = stage.environment(**stage.rows.role("worker"))
    status, said = output(command, env=environment)
    assert status == 0, said
    return f"{stage.base}{said.split()[-1]}"


def prepare(stage: Stage, dana: Visitor, nobody: Visitor) -> World:
    """Renew Grace and Omar, invite three, and let Maya ask for a new password.

    Omar has too little credit, so that his certificate is held.
    """
    world = World(stage)
    dana.enter("dana")
    dana.open_assignments()
    dana.assign("Grace Lindqvist", "Omar Haddad")
    expect(dana.notice).to_contain_text("Grace Lindqvist is now renewed")
    expect(dana.notice).to_contain_text("Certificate held: 1.0 of 3.0 CME.")
    dana.invite("Ina", "Vited", INVITED)
    dana.invite("Ruth", "Calloway", JOINING)
    dana.invite("Nils", "Away", LEAVING)
    set_up_sign_on(dana)
    ask_maya(nobody)
    world.links["one click"] = one_click(stage, dana)
    nobody.go("/accounts/reset/")
    nobody.page.get_by_label("E-mail").fill("maya@demo.example")
    nobody.button("Send the link").click()
    stage.settle()
    for letter in stage.letters():
        for link in LINK.findall(words(letter, "plain")):
            # Maya is asked to join, too: it is the link to a new password that counts.
            if "/reset/" in link or str(letter["To"]) not in world.links:
                world.links[str(letter["To"])] = link
    nobody.go("/")
    world.number = nobody.page.get_by_label("Certificate number").input_value()
    return world
