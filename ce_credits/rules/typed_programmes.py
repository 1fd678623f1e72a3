"""What a sponsor types of an activity, as a draft keeps it: text that fits (M12)."""

from collections.abc import Mapping, Sequence
from typing import Any

# Single lines and texts, with as much as each may hold.
LINES = {
    "title": 300,
    "sponsor": 200,
    "contact_name": 200,
    "contact_email": 254,
    "where": 300,
}
TEXTS = {"disclosures": 2000, "evaluation": 2000}
CHOSEN = ("kind", "place")
LONGEST_TOPIC, MOST_TOPICS = 40, 60
PART = {"title": 300, "minutes": 10, "speaker": 300, "sort": 20}
SPEAKER = {"name": 200, "credentials": 200, "disclosure": 10, "words": 1000}
ROWS: Mapping[str, Mapping[str, int]] = {"parts": PART, "speakers": SPEAKER}
MOST_ROWS, MOST_DAYS = 60, 31
# What a speaker has to disclose.
NOTHING, SOMETHING = "none", "some"


def empty_typed() -> dict[str, Any]:
    """Give what stands typed before anybody typed anything."""
    texts = dict.fromkeys((*LINES, *TEXTS, *CHOSEN), "")
    return {**texts, "topics": [], "days": [], "parts": [], "speakers": []}


def kept_typed(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Cut what was typed to what a draft keeps: no more text or rows than fit a form.

    Rows that hold nothing are left out.
    """
    found = empty_typed()
    for name in (*LINES, *TEXTS, *CHOSEN):
        found[name] = _text(typed.get(name), LINES.get(name) or TEXTS.get(name) or 40)
    topics = [_text(code, LONGEST_TOPIC) for code in _list(typed.get("topics"))]
    found["topics"] = [code for code in topics if code.strip()][:MOST_TOPICS]
    days = [_text(day, 40) for day in _list(typed.get("days"))]
    found["days"] = [day for day in days if day.strip()][: MOST_DAYS + 1]
    for name, columns in ROWS.items():
        rows = [
            {column: _text(row.get(column), most) for column, most in columns.items()}
            for row in _list(typed.get(name))
            if isinstance(row, Mapping)
        ]
        found[name] = [each for each in rows if _filled(name, each)][: MOST_ROWS + 1]
    return found


def typed_again(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was sent, as a step keeps it, as it would be typed."""
    parts = [{**row, "minutes": str(row["minutes"])} for row in kept["parts"]]
    speakers = [
        {
            **row,
            "disclosure": SOMETHING if row["disclosure"] else NOTHING,
            "words": row["disclosure"],
        }
        for row in kept["speakers"]
    ]
    return kept_typed({**kept, "parts": parts, "speakers": speakers})


def _filled(name: str, row: Mapping[str, str]) -> bool:
    # What is chosen stands in every row of the form; it alone is no row.
    chosen = ("sort",) if name == "parts" else ("disclosure",)
    return any(text.strip() for key, text in row.items() if key not in chosen)


def _text(value: object, most: int) -> str:
    return value.replace("\x00", "")[:most] if isinstance(value, str) else ""


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()
