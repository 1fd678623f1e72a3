"""J2.7: somebody of another practice is asked, and joins only on their consent."""

import re

from playwright.sync_api import expect

from tests.browser.letters import words
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors

CEDAR = "cedar-surgical-group"
LINK = re.compile(r"http://[^\s\"<]+/invite/[^\s\"<]+")
EMAIL, PASSWORD = "june.castellan@demo.example", "lamp river orange seven"
ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
KEYS = re.compile(r'value="[\w-]{20,}"|nonce="[^"]+"')


def add(dana: Visitor, first: str, last: str, email: str) -> str:
    """Fill Add New Member in, and give the page's words without what is theirs."""
    dana.open_assignments()
    for label, text in (("First Name", first), ("Last Name", last), ("Email", email)):
        dana.page.get_by_label(label, exact=True).fill(text)
    dana.button("Add member").click()
    expect(dana.notice).to_contain_text(f"Invitation sent to {email}.")
    line = dana.line(f"{first} {last}").inner_html()
    said = dana.notice.inner_html() + line
    for theirs in (email, first, last):
        said = said.replace(theirs, "…")
    return KEYS.sub("", ID.sub("…", said))


def link_to(stage: Stage, email: str) -> str:
    """The newest link that was mailed to somebody."""
    stage.settle()
    mine = [each for each in stage.letters() if str(each["To"]) == email]
    links = [found for each in mine for found in LINK.findall(words(each, "plain"))]
    return str(links[-1])


def an_account_for_june(ruth: Visitor, june: Visitor, stage: Stage) -> str:
    """Let Cedar invite June, and give what her page says of her renewal date."""
    ruth.enter("ruth")
    ruth.go(f"/p/{CEDAR}/settings/people/")
    row = ruth.page.get_by_role("row").filter(has_text="June Castellan")
    row.get_by_role("button").click()
    expect(ruth.notice).to_contain_text(f"Invitation sent to {EMAIL}.")
    june.page.goto(link_to(stage, EMAIL))
    june.page.get_by_label("Password").fill(PASSWORD)
    june.button("Save password and sign in").click()
    expect(june.page).to_have_url(f"{stage.base}/me/")
    return str(june.main.get_by_text("Your renewal date is").inner_text())


def test_june_of_cedar_is_asked_by_harbor_and_joins_with_her_record(
    visitor: Visitors, stage: Stage
) -> None:
    ruth, dana, june = visitor(), visitor(), visitor()
    renewal = an_account_for_june(ruth, june, stage)

    # The same answer as to an address that nobody has; nothing of hers is seen.
    dana.enter("dana")
    known = add(dana, "Jane", "Castle", EMAIL)
    unknown = add(dana, "Ursula", "Unknown", "ursula@mail.example")
    assert known == unknown
    for place in ("", "assignments/", "settings/people/", "reports/", "activity/"):
        dana.go(f"/p/{HARBOR}/{place}")
        expect(dana.main).not_to_contain_text("Castellan")
        expect(dana.main).not_to_contain_text("Cedar")

    june.page.reload()
    june.main.get_by_role("link", name="answer Harbor Family Medicine").click()
    heading = june.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Harbor Family Medicine would like to add you")
    expect(june.main).to_contain_text("Cedar Surgical Group stops sponsoring you today")
    june.button("Join Harbor Family Medicine").click()
    expect(june.notice).to_contain_text("You are on the list of Harbor Family Medicine")
    expect(june.main).to_contain_text(renewal)

    # One record, with her own name and renewal date; Cedar's list is shorter.
    dana.open_assignments()
    expect(dana.line("June Castellan")).to_have_count(1)
    expect(dana.main).not_to_contain_text("Jane Castle")
    ruth.go(f"/p/{CEDAR}/assignments/")
    expect(ruth.main).not_to_contain_text("June Castellan")
    stage.settle()
    subjects = [str(each["Subject"]) for each in stage.letters()]
    assert "[Harbor Family Medicine] June Castellan joined" in subjects
    assert "[Cedar Surgical Group] June Castellan left your list" in subjects
