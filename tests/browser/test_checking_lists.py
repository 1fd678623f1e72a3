"""An employer checks a person and a list, keeps the file, and has it checked again."""

from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.certificants import enter_as
from tests.browser.cycle_steps import advance, look_up
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors

LIST = "/verify/list/"
PEOPLE = "Lind, Rosa, CPCS\nBerg, Sven, CPCS\nNobody, Nora, CPCS"


@pytest.mark.db
def test_a_list_becomes_a_file_that_is_known_again(
    visitor: Visitors, stage: Stage, tmp_path: Path
) -> None:
    employer = visitor()
    employer.go("/verify/")
    employer.hand.press(employer.main.get_by_role("link", name="Check a list"))
    employer.hand.write(employer.main.get_by_label("Paste lines"), PEOPLE)
    employer.hand.press(employer.button("Check the list"))
    heading = employer.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("3 lines asked about, 2 found.")
    expect(employer.main).to_contain_text("No credential matches")
    with employer.page.expect_download() as saved:
        employer.hand.press(employer.button("Download the CSV"))
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name.startswith("good-standing-2025-")
    expect(employer.main).to_contain_text(sha256(path.read_bytes()).hexdigest())

    employer.go(f"{LIST}check/")
    employer.main.get_by_label("The file").set_input_files(path)
    employer.hand.press(employer.button("Check the file"))
    expect(heading).to_have_text("We gave out this file")


@pytest.mark.db
def test_who_did_nothing_reads_lapsed_on_the_day_of_the_lapse(
    visitor: Visitors, stage: Stage
) -> None:
    employer, rosa = visitor(), visitor()
    enter_as(rosa, "rosa")
    look_up(employer, "lind", "rosa")
    expect(employer.main).to_contain_text("In good standing")
    advance(rosa, "Dec 2")
    for last, first in (("Lind", "Rosa"), ("Berg", "Sven")):
        look_up(employer, last, first)
        words = "Certified through Dec 1, 2025 (last approved)"
        expect(employer.main).to_contain_text(words)
    advance(rosa, "Jan 1")
    look_up(employer, "Lind", "Rosa")
    expect(employer.main).to_contain_text("Lapsed Jan 1, 2026")
