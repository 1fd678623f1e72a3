"""What a certificate says, shows and is, read back by other programs."""

from datetime import date
from decimal import Decimal

import pytest

from certificates.layouts import CertificateFacts
from certificates.layouts.paper import SIGNATURE_BOX, render, render_in_full, style
from tests.pdf.reading import Paper
from tests.pdf.samples import facts

LETTER = (0, 0, 612, 792)


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(render(facts()))


def test_every_fact_is_on_the_page(paper: Paper) -> None:
    for said in (
        "Scribe Board",
        "CMS Compliance Certificate",
        "Bob Marlow",
        "Certified Medical Scribe Specialist (CMSS)",
        "Northside Family Medicine",
        "holds the credential in good standing for the term",
        "Nov 17, 2025 through Nov 16, 2026",
        "Attestation personnel number ATT-2025-004417",
        "Certificate number CMS-7Q4K-29XD-M3V5",
        "Credential number CMSS-018211",
        "Continuing education 3.0 of 3.0 CME",
        "Issued Nov 17, 2025",
        "Issued by Scribe Board",
        "goodstanding.example/verify/CMS-7Q4K-29XD-M3V5",
    ):
        assert said in paper.spoken
    assert "Demonstration" not in paper.text


def test_a_demonstration_says_so() -> None:
    assert "all names are invented" in Paper(render(facts(demo=True))).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"credits_need": None, "credits_have": None}, "None asked this term"),
        ({"credits_need": Decimal(0)}, "None asked this term"),
        ({"credits_have": Decimal("3.25")}, "3.25 of 3.0 CME"),
        ({"credits_have": Decimal("1.50"), "waived": True}, "1.5 of 3.0 CME, waived"),
        ({"credits_have": None, "waived": True}, "0.0 of 3.0 CME, waived"),
    ],
)
def test_what_was_earned(changes: dict[str, object], said: str) -> None:
    assert f"Continuing education {said}" in Paper(render(facts(**changes))).spoken


def test_somebody_without_a_practice_has_no_line_for_one() -> None:
    said = Paper(render(facts(practice_name=None))).text
    assert "Specialist (CMSS) has renewed" in said


def test_one_page_of_letter_paper(paper: Paper) -> None:
    (page,) = paper.reader.pages
    assert tuple(map(float, page.mediabox)) == LETTER


def test_the_document_has_title_language_date_and_identity(paper: Paper) -> None:
    root = paper.root
    information = paper.reader.metadata
    assert information is not None
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert information.title == (
        "CMS Compliance Certificate, Bob Marlow, CMS-7Q4K-29XD-M3V5"
    )
    assert information.author == "Scribe Board"
    created = information.creation_date
    assert created is not None
    assert created.date() == date(2025, 11, 17)
    assert len(paper.identity) == 32
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_page_is_tagged_and_its_pictures_are_told(paper: Paper) -> None:
    assert paper.root["/MarkInfo"]["/Marked"]
    tags = paper.tags
    kinds = [tag for tag, _ in tags]
    assert kinds.count("H1") == 1
    assert kinds.count("LI") == 6
    assert kinds.count("Link") == 1
    assert [alt for tag, alt in tags if tag == "Figure"] == [
        "Goodstanding",
        "Seal: CMS Compliance, Nov 2025 to Nov 2026",
        "QR code that opens the address printed beside it",
    ]


def test_every_font_is_embedded_and_cut_to_its_glyphs(paper: Paper) -> None:
    assert paper.glyphs.keys() == paper.fonts.keys()
    for font in paper.fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert descriptor["/FontFile2"].get_object().get_data()
        assert "/ToUnicode" in font
    assert len(paper.content) < 60_000


@pytest.mark.parametrize("grey", [False, True])
def test_the_code_opens_the_public_page(paper: Paper, *, grey: bool) -> None:
    assert paper.codes(grey=grey) == [facts().verify_url]


def test_the_code_of_a_long_address_is_read_as_well() -> None:
    url = f"https://credentials.{'very-' * 12}long.example/verify/CMS-7Q4K-29XD-M3V5/"
    assert Paper(render(facts(verify_url=url))).codes() == [url]


def test_the_printed_address_is_a_link(paper: Paper) -> None:
    assert paper.links == [facts().verify_url]


def test_black_and_white_keeps_text_frame_and_seal_apart_from_paper(
    paper: Paper,
) -> None:
    picture = paper.picture(96, grey=True)
    places = {"frame": (36, 500), "rule": (408, 284), "seal": (575, 744)}
    for place, (x, y) in places.items():
        red, green, blue = picture.crop((x, y, x + 1, y + 1)).tobytes()
        assert red == green == blue < 155, place


def test_there_is_white_paper_for_a_signature(paper: Paper) -> None:
    picture = paper.picture(72)
    left, bottom, right, top = SIGNATURE_BOX
    box = (int(left), int(792 - top) + 1, int(right), int(792 - bottom))
    assert picture.crop(box).getcolors() == [
        ((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"seal": "", "subtitle": "", "issuer": "B"},
        {"seal": "A seal with far too many words to be set around one ring of brass"},
        {"seal": "Свидетельство", "title": "Zertifikat " * 12},
        {"statement": "has done very much " * 25},
        {"credential_title": "Certified " * 20, "practice_name": "Clinic " * 30},
        {"number": "LONGER-7Q4K-29XD-M3V5", "credential_number": "C" * 60},
        {"practice_name": "عيادة الشمال " * 9, "issuer": "מועצה " * 12},
    ],
)
def test_other_long_or_missing_texts_keep_the_page_together(
    changes: dict[str, str],
) -> None:
    paper = Paper(render(facts(**changes)))
    assert paper.codes() == [facts().verify_url]
    assert "Nov 17, 2025 through Nov 16, 2026" in paper.text


def test_the_style_sheet_names_the_faces_texts_are_measured_in() -> None:
    sheet = style("compliance-1")
    assert '"Noto Serif Display", "Noto Serif", "Noto Naskh Arabic"' in sheet
    assert "{{" not in sheet


def test_facts_are_frozen_and_come_back_from_json() -> None:
    stored = facts().to_json()
    assert all(isinstance(value, str | bool | None) for value in stored.values())
    assert CertificateFacts.from_json(stored) == facts()
    alone = facts(practice_name=None, credits_have=None, credits_need=None)
    assert CertificateFacts.from_json(alone.to_json()) == alone


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("valid_from", "2025-02-30"),
        ("valid_from", None),
        ("credits_have", "three"),
        ("holder_name", None),
        ("holder_name", True),
        ("waived", "yes"),
        ("unknown", "x"),
    ],
)
def test_stored_facts_that_do_not_fit_are_refused(
    name: str,
    value: str | bool | None,  # noqa: FBT001
) -> None:
    with pytest.raises(ValueError, match=name):
        CertificateFacts.from_json(facts().to_json() | {name: value})


def test_a_missing_fact_is_named() -> None:
    stored = facts().to_json()
    del stored["unit"]
    with pytest.raises(ValueError, match="unit"):
        CertificateFacts.from_json(stored)


def test_a_credential_s_certificate_says_nothing_of_credit_or_attestation() -> None:
    """The first one of its kind is laid out whole; the next fills the form in."""
    credential = facts(
        layout="credential-1",
        practice_name=None,
        attestation_number=None,
        credits_have=None,
        credits_need=None,
        unit="",
    )
    whole = render_in_full(credential)
    assert [render(credential) for _ in range(3)] == [whole] * 3
    paper = Paper(whole)
    assert [tag for tag, _ in paper.tags].count("LI") == 4
    assert "ttestation" not in paper.text
    assert "Continuing education" not in paper.text
