"""Which names somebody may have: any script, in one line, with nothing hidden."""

import pytest

from accounts.services.values import unsaved_person
from core.failures import NotUsable

EMAIL = "dana@mail.example"
HIDDEN = {
    "a bell": "Da\x07na",
    "half a character": "Da\ud800na",
    "a private sign": "Da\ue000na",
    "an unassigned sign": "Da\U000e0080na",
    "no character": "Da\ufffena",
    "a zero-width space": "Da\u200bna",
    "a soft hyphen": "Da\u00adna",
    "a byte order mark": "\ufeffDana",
    "a filler": "Da\u3164na",
    "a blank of Braille": "Da\u2800na",
    "a joiner that joins nothing": "\u200dDana",
    "a joiner after a space": "Da \u200cna",
    "two joiners": "Da\u200d\u200dna",
}
TURNING = [*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
TAKEN = [
    ("Zoë", "O'Neil-Núñez"),
    ("李", "小龍"),
    ("مریم", "نیک\u200cپی"),
    ("രാജന്\u200d", "കുമാർ"),
    ("क्\u200dष", "शर्मा"),
    ("שרה", "כהן"),
    ("Teller", "-"),
    ("-", "Ñ"),
    ("D\u2019Arcy", "St. John 3rd"),
]


def refused(first_name: str, last_name: str) -> dict[str, str]:
    """Try a name and give each field's sentence."""
    with pytest.raises(NotUsable) as caught:
        unsaved_person(first_name, last_name, EMAIL)
    return {each.field: each.text for each in caught.value.problems}


@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN)
def test_hidden_characters_are_no_part_of_a_name(name: str) -> None:
    assert refused(name, "Diaz") == {
        "first_name": "Enter a first name in one line, without hidden characters."
    }
    assert refused("Dana", name) == {
        "last_name": "Enter a last name in one line, without hidden characters."
    }


@pytest.mark.parametrize("sign", TURNING, ids=ascii)
def test_what_turns_text_round_is_no_part_of_a_name(sign: str) -> None:
    for name in (f"Da{sign}na", f"{sign}Dana", f"Dana{sign}", sign):
        assert list(refused(name, "Diaz")) == ["first_name"]


@pytest.mark.parametrize(("first_name", "last_name"), TAKEN)
def test_a_name_in_any_script_is_taken(first_name: str, last_name: str) -> None:
    member = unsaved_person(first_name, last_name, EMAIL)
    assert (member.first_name, member.last_name) == (first_name, last_name)


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [("-", "."), ("1", "2"), ("\u0301", "\u0301"), ("😀", "?")],
)
def test_a_name_has_a_letter_somewhere(first_name: str, last_name: str) -> None:
    assert refused(first_name, last_name) == {
        "first_name": "Enter a letter in the first name or the last name."
    }


def test_a_missing_name_is_asked_for_once() -> None:
    assert refused("", "7") == {"first_name": "Enter a first name."}
