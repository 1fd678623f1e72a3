"""Facts and names for the tests of certificates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from certificates.layouts import CertificateFacts

PLAIN = CertificateFacts(
    layout="compliance-1",
    title="CMS Compliance Certificate",
    subtitle="Physician and Certified Medical Scribe Specialist Team",
    issuer="Scribe Board",
    seal="CMS Compliance",
    holder_name="Bob Marlow",
    credential_title="Certified Medical Scribe Specialist (CMSS)",
    practice_name="Northside Family Medicine",
    statement=(
        "has renewed the annual membership, has completed the continuing education "
        "the program asks, and holds the credential in good standing for the term"
    ),
    valid_from=date(2025, 11, 17),
    valid_until=date(2026, 11, 16),
    number="CMS-7Q4K-29XD-M3V5",
    attestation_number="ATT-2025-004417",
    credential_number="CMSS-018211",
    credits_have=Decimal("3.0"),
    credits_need=Decimal("3.0"),
    unit="CME",
    waived=False,
    issued_on=date(2025, 11, 17),
    verify_url="https://goodstanding.example/verify/CMS-7Q4K-29XD-M3V5/",
    language="en",
    demo=False,
)


def facts(**changes: Any) -> CertificateFacts:  # noqa: ANN401
    """The plain certificate with some facts changed."""
    return replace(PLAIN, **changes)


# Four given and four family names a script: every pair is a name of the corpus.
_SCRIPTS = (
    ("Ana Bo Zoë Þóra", "Ng Łukasiewicz O'Neill-Đurić Quattlebaum"),
    ("Nguyễn Đặng Ỹ Ngọc", "Thị Ưng Ổn Ặc"),
    ("Жанна Ярослав Ђорђе Їжак", "Щербакова Љубић Ёлкин Ґалаґан"),
    ("Ελένη Γιώργος Ίρις Ὀδυσσεύς", "Παπαδοπούλου Ωνάσης Ξένος Ἀχιλλεύς"),
    ("محمد فاطمة يوسف لؤي", "العربي حدّاد الخوارزمي ڤارتان"),
    ("שרה דָּוִד יוסף ציפי", "כהן לֵוִי בן־דוד פרץ"),
    ("अनुष्का विक्रम ऋषि श्रीमती", "शर्मा त्रिपाठी द्विवेदी कृष्णन्"),
    ("สมชาย ปัทมา กิ๊ฟ เฌอ", "ใจดี ศรีสุข น้ำเพชร ณัฐ"),
    ("王 李 欧阳 龘", "小明 淑芬 馬 鑫"),
    ("さくら たろう ヒカル ゞ", "山田 すずき ヴァン ー"),
    ("ანა გიორგი ნინო ჯაბა", "ბერიძე კაპანაძე ღვინიაშვილი წ"),
    ("Անի Տիգրան Եվա Ֆ", "Պետրոսյան Սարգսյան Օհանյան և"),
    ("ሰላም አበበ ዮሐንስ ጸሐይ", "ተስፋዬ ገብረ ኃይሌ ፍቅር"),
    ("தமிழ் கௌரி ஸ்ரீ ஃ", "முருகன் லட்சுமி க்ஷ ணை"),
    ("বৃষ্টি ঋতু শ্রী ক্ষমা", "চট্টোপাধ্যায় দাশ ৎ রায়"),
    ("ਗੁਰਪ੍ਰੀਤ ਸ਼ਾਨ ਜ਼ੋਰਾ ਔ", "ਸਿੰਘ ਕੌਰ ਢਿੱਲੋਂ ਖ਼ਾਨ"),
    ("လှမြင့် အောင် စန္ဒာ ဥ", "ကျော် သူရ ဘုန်း ဏ"),
)
NAMES = tuple(
    f"{given} {family}"
    for givens, families in _SCRIPTS
    for given in givens.split()
    for family in families.split()
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</p></div><img src=x>",
    "&amp; & &lt;",
    "url(file:///etc/passwd)",
    '" style="background:url(file:///etc/passwd)',
    "{{7*7}} {% load %}",
    "x" * 200,
    "W" * 200,
    "Maximiliane " * 16,
    "أ" * 200,
    "龘" * 200,
    "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}" * 200,
    "Z" + "\N{COMBINING ZIGZAG ABOVE}\N{COMBINING TILDE OVERLAY}" * 90 + "oe",
    "e\N{COMBINING ACUTE ACCENT}\N{COMBINING CEDILLA} A\N{COMBINING DIAERESIS}",
    "\N{COMBINING ACUTE ACCENT}starts with a mark",
    "abc שלום def مرحبا 123",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe",
    "tab\tnew\nline\r\x0b\x0cnul\x00bell\x07esc\x1bdel\x7f",
    "\ud800 lone surrogate \udfff",
    "private \ue000 unassigned \u0378 tag \U000e0041",
    "\N{NUT AND BOLT}\N{NAZAR AMULET}\N{STANDING PERSON}\N{ZERO WIDTH JOINER}\u2640",
    "flag \U0001f1fa\U0001f1f8 skin \U0001f44d\U0001f3fd",
    "soft\N{SOFT HYPHEN}hyphen zero\N{ZERO WIDTH SPACE}width \N{WORD JOINER}",
    "می\N{ZERO WIDTH NON-JOINER}خواهم",
    "김철수 한글 훈민정음",
    "\N{CUNEIFORM SIGN LUGAL}\N{EGYPTIAN HIEROGLYPH A001}",
    "=HYPERLINK(1) -- %PDF (paren) \\ back",
    "-",
    ".",
)
