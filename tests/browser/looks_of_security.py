"""The pages of signing in by two steps, as Ruth sees them, and of single sign-on."""

import re

from tests.browser.look import DANA, RUTH, Look
from tests.browser.showing import Show, at, pressing
from tests.browser.visitor import HARBOR, Visitor
from tests.browser.world import World
from tests.totp import code_of

HERE = "/accounts/security/"
APP, CONFIRM = f"{HERE}app/", "/accounts/confirm/"


def with_an_app(show: Show) -> Show:
    """Set an authenticator app up first, where there is none yet."""

    def shown(visitor: Visitor, world: World) -> None:
        visitor.go(APP)
        if visitor.page.url.endswith(APP):
            seed = visitor.page.locator("#seed").inner_text()
            visitor.page.get_by_label("Code").fill(code_of(seed))
            with visitor.page.expect_navigation():
                visitor.button("Set up").click()
        show(visitor, world)

    return shown


def second_step(visitor: Visitor, world: World) -> None:
    """Sign in as Ruth, up to her second step."""
    visitor.go("/accounts/login/")
    visitor.page.get_by_label("E-mail").fill("ruth@demo.example")
    visitor.page.get_by_label("Password").fill("goodstanding-demo")
    visitor.button("Sign in").click()
    visitor.page.wait_for_url(re.compile("/accounts/login/step/$"))


SIGN_ON, SET_SIGN_ON = f"/sso/{HARBOR}/", f"/p/{HARBOR}/settings/sign-on/"
SIGNING_ON = (
    Look("sign on", "sign_on", at(SIGN_ON)),
    Look(
        "sign on away",
        "sign_on",
        pressing("Sign in through Harbor Family Medicine", at(SIGN_ON)),
        status=502,
    ),
    Look("sign on refused", "sign_on_back", at(f"{SIGN_ON}back/"), status=400),
    Look("sign on set", "sign_on_settings", at(SET_SIGN_ON), DANA),
    Look(
        "sign on set empty",
        "sign_on_settings",
        pressing("Save", at(SET_SIGN_ON), issuer="", client_id="", domains="x"),
        DANA,
        422,
    ),
)
SECURITY = (
    Look("security", "mfa_index", at(HERE), RUTH),
    Look("app", "mfa_activate_totp", at(APP), RUTH),
    Look(
        "app wrong",
        "mfa_activate_totp",
        pressing("Set up", at(APP), code="000000"),
        RUTH,
        422,
    ),
    Look("passkey", "mfa_add_webauthn", at(f"{HERE}passkey/"), RUTH),
    Look("confirm", "account_reauthenticate", at(CONFIRM), RUTH),
    Look(
        "confirm wrong",
        "account_reauthenticate",
        pressing("Confirm", at(CONFIRM), password="not it"),
        RUTH,
        422,
    ),
    Look("security set up", "mfa_index", with_an_app(at(HERE)), RUTH),
    Look(
        "recovery codes",
        "recovery_codes",
        pressing("Make new codes", with_an_app(at(HERE))),
        RUTH,
    ),
    Look("confirm by code", "account_reauthenticate", with_an_app(at(CONFIRM)), RUTH),
    Look("second step", "mfa_authenticate", second_step),
    Look(
        "second step wrong",
        "mfa_authenticate",
        pressing("Go on", second_step, code="000000"),
    ),
)
