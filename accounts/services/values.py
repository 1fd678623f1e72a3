"""Checking what people typed before a row is written; every problem at once."""

from datetime import UTC, datetime
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.defaultfilters import date as spelled

from accounts.models import Member
from core.failures import FieldProblem, NotUsable

LONGEST_NAME = 100
LONGEST_PRACTICE_NAME = 200
# Controls, half characters, private and unassigned ones, breaks of a line, and what
# only steers the text: the signs that turn it round are among the latter (Cf).
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Of the steering signs, Persian, Hindi and Malayalam words need these after a letter.
JOINERS = "\u200c\u200d"
# Called letters or symbols, but drawn as nothing.
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"


def hides_something(text: str) -> bool:
    """Whether a text holds characters that nobody sees."""
    before = ""
    for sign in text:
        joins = sign in JOINERS and category(before or " ")[0] in "LM"
        if sign in BLANKS or (category(sign) in UNSEEN and not joins):
            return True
        before = sign
    return False


def has_letter(text: str) -> bool:
    """Whether a text holds a letter of any script."""
    return any(category(sign)[0] == "L" for sign in text)


class Typed:
    """Collects what can't be used, so that a form shows all of it in one go."""

    def __init__(self) -> None:
        self._problems: list[FieldProblem] = []

    def line(self, field: str, value: str, *, what: str, most: int) -> str:
        """Return one line of text, trimmed; `what` names it on screen ("a name")."""
        text = value.strip()
        if not text:
            self.refuse(field, f"Enter {what}.")
        elif len(text) > most:
            self.refuse(field, f"Shorten this to {most} characters.")
        elif hides_something(text):
            self.refuse(field, f"Enter {what} in one line, without hidden characters.")
        return text

    def maybe_line(self, field: str, value: str, *, most: int) -> str:
        """Return one line of text, trimmed, that may be empty."""
        text = value.strip()
        if not text:
            return ""
        return self.line(field, text, what="this", most=most)

    def lines(self, field: str, value: str, *, most: int) -> str:
        """Return lines of text, each trimmed; there may be none."""
        text = "\n".join(line.strip() for line in value.strip().splitlines())
        if len(text) > most:
            self.refuse(field, f"Shorten this to {most} characters.")
        elif any(hides_something(line) for line in text.split("\n")):
            self.refuse(field, "Enter this without hidden characters.")
        return text

    def address(self, field: str, value: str) -> str:
        """Return an e-mail address, trimmed and in lower case."""
        text = value.strip().lower()
        try:
            validate_email(text)
        except ValidationError:
            self.refuse(field, _no_address(text))
        else:
            if len(text) > 254:
                self.refuse(field, "Shorten this address to 254 characters.")
        return text

    def refuse(self, field: str, text: str) -> None:
        """Add a problem of one field."""
        self._problems.append(FieldProblem(field, text))

    def letter(self, field: str, *texts: str, place: str) -> None:
        """Ask for a letter in one of several texts, none of which is wrong by itself.

        `place` names them on screen.
        """
        if not self._problems and not has_letter("".join(texts)):
            self.refuse(field, f"Enter a letter in {place}.")

    def check(self) -> None:
        """Raise NotUsable if anything can't be used."""
        if self._problems:
            raise NotUsable(self._problems[0].text, self._problems)


def instant_words(instant: datetime) -> str:
    """Spell an instant for a mail, whose reader's zone nobody knows."""
    return f"{spelled(instant.astimezone(UTC), 'M j, Y, g:i a')} UTC"


def unsaved_person(first_name: str, last_name: str, email: str) -> Member:
    """Build a member out of what was typed; it is not saved.

    Raises:
        NotUsable: a name or the address can't be used.
    """
    typed = Typed()
    first = typed.line("first_name", first_name, what="a first name", most=LONGEST_NAME)
    last = typed.line("last_name", last_name, what="a last name", most=LONGEST_NAME)
    typed.letter("first_name", first, last, place="the first name or the last name")
    member = Member(
        first_name=first, last_name=last, email=typed.address("email", email)
    )
    typed.check()
    return member


def _no_address(text: str) -> str:
    """Name a letter that no address holds: one of another alphabet looks the same."""
    odd = next((each for each in text.partition("@")[0] if not each.isascii()), "")
    if odd.isalpha():
        return f"Enter this address in plain letters: “{odd}” is none of A to Z."
    return "Enter an e-mail address such as name@practice.example."
