"""What a page's policy forbids the browser says, and no journey of ours hears it."""

from playwright.sync_api import Browser

from tests.browser.browsing import open_window
from tests.browser.stage import Stage

STYLE = "document.body.append(Object.assign(document.createElement('style'), {X}))"
FORBIDDEN = {
    "a style element": STYLE.replace("{X}", "{textContent: 'p{color:red}'}"),
    "a style attribute": "document.body.setAttribute('style', 'color: red')",
    "an inline script": "document.body.append(Object.assign("
    "document.createElement('script'), {textContent: 'window.ran = true'}))",
    "a handler": "document.body.setAttribute('onclick', 'window.ran = true');"
    "document.body.click()",
    "somebody else's picture": "new Image().src = 'http://127.0.0.1:9/x.png'",
    "somebody else's page": "fetch('http://127.0.0.1:9/').catch(() => {})",
    "a frame": "document.body.append(document.createElement('iframe'));"
    "document.querySelector('iframe').src = '/help/'",
}


def test_what_the_policy_forbids_does_not_happen_and_is_heard(
    chromium: Browser, theatre: Stage
) -> None:
    visitor = open_window(chromium, theatre)
    unheard = []
    for name, act in FORBIDDEN.items():
        visitor.go("/help/")
        assert visitor.watch.faults == []
        # A script of the page's own origin may not do it either.
        visitor.page.evaluate(f"setTimeout(() => {{ {act} }}, 0)")
        visitor.page.wait_for_timeout(200)
        heard = "Content Security Policy" in str(visitor.watch.faults)
        if not heard or visitor.page.evaluate("window.ran") is not None:
            unheard.append(name)
        visitor.watch.faults.clear()
    visitor.context.close()
    assert unheard == []
