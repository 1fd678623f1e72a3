"""Ways to bring a page before somebody."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from django.core.signing import TimestampSigner
from playwright.sync_api import FilePayload, expect

from core.files.links import PARAMETER, SALT, SECONDS
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World

Show = Callable[[Visitor, World], None]
ASSIGNMENTS, TOKENS = f"/p/{HARBOR}/assignments/", f"/p/{HARBOR}/settings/api/"


def at(path: str) -> Show:
    """Type an address; {number} stands for a certificate's."""
    return lambda visitor, world: visitor.go(path.format(number=world.number))


def opening(address: str, *, spoilt: bool = False) -> Show:
    """Open the link that was mailed to an address, or one that nobody sent."""

    def show(visitor: Visitor, world: World) -> None:
        link = world.links[address]
        visitor.page.goto(re.sub(r"[^/]{6}/$", "nobody/", link) if spoilt else link)

    return show


def opening_closed(address: str) -> Show:
    """Open the link that was mailed to an address whose account is closed by then."""
    whose = f"WHERE email = '{address}'"

    def show(visitor: Visitor, world: World) -> None:
        rows = world.stage.rows
        rows.change(f"UPDATE accounts_user SET is_active = false {whose}")  # noqa: S608  (our own words)
        visitor.page.goto(world.links[address])
        rows.change(f"UPDATE accounts_user SET is_active = true {whose}")  # noqa: S608  (our own words)
        expect(visitor.main).to_contain_text("The account of this address is closed")

    return show


def pressing(button: str, show: Show, **fields: str) -> Show:
    """Fill in fields of a page by their names, then press its button."""

    def pressed(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        for name, text in fields.items():
            visitor.main.locator(f"[name={name}]").fill(text)
        with visitor.page.expect_navigation():
            visitor.button(button).click()

    return pressed


def choosing(*names: str, tile: str = "") -> Show:
    """Choose people on the assignments page, and press a tile's button."""

    def show(visitor: Visitor, world: World) -> None:
        visitor.go(ASSIGNMENTS)
        for name in names:
            visitor.choose(name)
        if tile:
            with visitor.page.expect_navigation():
                visitor.on_tile(tile).click()

    return show


def unticking(name: str, show: Show) -> Show:
    """Take a tick away."""

    def unticked(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.main.get_by_role("checkbox", name=name).uncheck()

    return unticked


def following(link: str, show: Show) -> Show:
    """Follow the first link of that name in a page."""

    def followed(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.main.get_by_role("link", name=link).first.click()

    return followed


def tapping(button: str, show: Show) -> Show:
    """Press a button that leads nowhere, but opens something."""

    def tapped(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.main.get_by_role("button", name=button).click()

    return tapped


def pressing_last(show: Show) -> Show:
    """Press the page's last button, whose name nobody can know before."""

    def pressed(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        with visitor.page.expect_navigation():
            visitor.main.get_by_role("button").last.click()

    return pressed


def a_stale_review(show: Show) -> Show:
    """Decide on what changed since the page was opened."""

    def decided(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        seen = visitor.main.locator("[name=seen]")
        seen.evaluate("field => { field.value = '0'; }")
        with visitor.page.expect_navigation():
            visitor.button("Approve").click()

    return decided


def a_catalogue_file(visitor: Visitor, world: World) -> None:
    """Send a file with good rows and bad ones."""
    visitor.go("/staff/acmss/catalogue/")
    rows = [f"MLN{n},Coding {n} (45 min),webinar,,CMS" for n in range(3)]
    text = "\n".join(["code,title,kind,minutes,provider", *rows, "X,,webinar,-1,"])
    file = FilePayload(name="items.csv", mimeType="text/csv", buffer=text.encode())
    visitor.main.locator("[name=file]").set_input_files(files=[file])
    with visitor.page.expect_navigation():
        visitor.button("Check file").click()


def an_import(visitor: Visitor, world: World) -> None:
    """Import what a file holds, be it new or not."""
    a_catalogue_file(visitor, world)
    button = visitor.main.get_by_role("button", name="Import")
    if button.count():
        with visitor.page.expect_navigation():
            button.click()
    else:
        visitor.go("/staff/acmss/catalogue/")


def held_still(show: Show) -> Show:
    """Keep a page from looking again by itself."""

    def still(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.page.evaluate("for (let id = 0; id < 1000; id++) clearTimeout(id)")

    return still


def unboxed(show: Show) -> Show:
    """Take a message out of the box no script runs in, or axe could not look at it."""

    def taken_out(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        message = visitor.context.request.get(visitor.page.url).text()
        visitor.page.goto("about:blank")
        visitor.page.set_content(message)

    return taken_out


def the_api(visitor: Visitor, world: World) -> None:
    """Wait until the API's description has drawn itself, then open an operation."""
    visitor.go("/api/docs/")
    visitor.main.locator(".opblock-tag button").first.click()
    operations = visitor.main.locator(".opblock-summary-control")
    operations.first.click()
    expect(visitor.main.locator(".opblock-body").first).to_be_visible()
    expect(visitor.main.get_by_role("heading", name="All operations")).to_have_count(0)


def a_new_token(visitor: Visitor, world: World) -> None:
    """Make a token: its secret is shown this once."""
    visitor.go(TOKENS)
    visitor.page.get_by_label("Name").fill("Payroll")
    visitor.main.get_by_role("checkbox").first.check()
    visitor.button("Create token").click()
    expect(visitor.main).to_contain_text("Copy your new token now")


def a_garbled_choice(visitor: Visitor, world: World) -> None:
    """Send what no page of ours has."""
    visitor.go(ASSIGNMENTS)
    visitor.box("Tom Bell").evaluate("box => { box.value = 'x'; }")
    visitor.assign("Tom Bell")


def too_many_fields(visitor: Visitor, world: World) -> None:
    """Send more than any form has."""
    visitor.go("/accounts/login/")
    visitor.main.locator("form").evaluate(
        "form => { for (let name = 0; name < 1001; name++)"
        " form.append(Object.assign(document.createElement('input'), {name})); }"
    )
    visitor.button("Sign in").click()


def a_foreign_form(visitor: Visitor, world: World) -> None:
    """Send a form as another site would."""
    visitor.go("/accounts/login/")
    key = visitor.main.locator("[name=csrfmiddlewaretoken]")
    key.evaluate("key => key.remove()")
    visitor.button("Sign in").click()


def a_misled_form(visitor: Visitor, world: World) -> None:
    """Send a form to a page that takes none."""
    visitor.go("/accounts/login/")
    form = visitor.main.locator("form")
    form.evaluate("form => { form.action = '/help/'; form.noValidate = true; }")
    visitor.button("Sign in").click()


def too_much_text(visitor: Visitor, world: World) -> None:
    """Send more text than any form has."""
    visitor.go("/accounts/login/")
    visitor.main.locator("form").evaluate(
        "form => { const more = document.createElement('textarea'); form.append(more);"
        " more.name = 'more'; more.value = 'x'.repeat(3 * 2 ** 20);"
        " form.noValidate = true; }"
    )
    visitor.button("Sign in").click()


def too_many_questions(visitor: Visitor, world: World) -> None:
    """Look numbers up until it is enough."""
    for _ in range(70):
        visitor.context.request.get(f"{world.stage.base}/verify/CMS-NONE/")
    visitor.go("/verify/CMS-NONE/")
    world.stage.forget_limits()


def failed_work(show: Show) -> Show:
    """Let some mail and some papers have failed while a page is shown."""
    paper = "UPDATE certificates_certificate SET paper = '{}', last_error = '{}'"
    mail = "UPDATE core_outboxmessage SET state = '{}', last_error = '{}'"
    said = ("The renderer was stopped", "550 5.1.1 No such person here")

    def failed(visitor: Visitor, world: World) -> None:
        rows = world.stage.rows
        rows.change(f"{paper.format('failed', said[0])} WHERE paper = 'ready'")
        rows.change(f"{mail.format('dead', said[1])} WHERE state = 'sent'")
        show(visitor, world)
        rows.change(f"{paper.format('ready', '')} WHERE paper = 'failed'")
        rows.change(f"{mail.format('sent', '')} WHERE state = 'dead'")

    return failed


def an_old_link(show: Show) -> Show:
    """Follow the link to a certificate on a page when its minute is over."""

    def ended(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        base, key = world.stage.base, world.stage.environment()["SECRET_KEY"]
        opening = visitor.main.get_by_role("link", name="the certificate for").first
        address = f"{base}{opening.get_attribute('href')}"
        answer = visitor.context.request.get(address, max_redirects=0)
        bound = answer.headers["location"].partition(f"?{PARAMETER}=")[2].split(".")[0]
        with time_machine.travel(datetime.now(UTC) - timedelta(seconds=SECONDS + 9)):
            link = TimestampSigner(key=key, salt=SALT, sep=".").sign(bound)
        visitor.page.goto(f"{address}?{PARAMETER}={link}")

    return ended


def something_broken(visitor: Visitor, world: World) -> None:
    """Ask for what can't be read just now."""
    with world.stage.rows.without("certificates_certificate"):
        visitor.go(f"/verify/{world.number}/")


def typing_an_activity(visitor: Visitor, world: World) -> None:
    """Type an activity that gives rise to everything the credit can say, and check."""
    visitor.go("/me/ce/new/")
    visitor.page.get_by_label("Kind of activity").select_option("webinar")
    visitor.page.get_by_label("Title").fill("MLN: Combating Medicare Fraud (30 min)")
    visitor.page.get_by_label("Date completed").fill("2025-03-21")
    visitor.button("Check credit").last.click()
    expect(visitor.main).to_contain_text("30 min → 0.5 CME, band up to 30 min")


def an_old_draft(visitor: Visitor, world: World) -> None:
    """Save a draft in a window that another one has overtaken."""
    typing_an_activity(visitor, world)
    visitor.page.evaluate("document.querySelector('[name=saves]').value = '99'")
    visitor.page.get_by_label("Provider").evaluate("field => { field.value = 'x'; }")
    visitor.button("Save draft").click()
