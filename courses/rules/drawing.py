"""Drawing an exam from a bank, so that it can be drawn again (A14).

Everything follows from the seed: of each topic the questions with the smallest SHA-256
of "seed:question:code" come first, and the same rule orders the sheet and the options.
No language's random numbers are part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from ce_credits.rules.sampling import shares
from courses.rules.banks import Bank, Question


class TooFewQuestionsError(ValueError):
    """A bank holds fewer questions than an exam draws."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a sheet: its code, and its options by their places in the bank."""

    code: str
    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one attempt asks, in its order."""

    asked: tuple[Asked, ...]


def draw_sheet(bank: Bank, *, number: int, seed: str) -> Sheet:
    """Draw so many questions, of each topic in proportion, by the seed.

    The order of the questions in the bank changes nothing; that of the options does,
    since a place in it is what an answer names.

    Raises:
        TooFewQuestionsError: the bank holds fewer.
    """
    if number > len(bank.questions):
        text = f"{bank.title}: {number} are drawn of {len(bank.questions)} questions."
        raise TooFewQuestionsError(text)
    topics = bank.by_topic()
    places = shares({code: len(each) for code, each in topics.items()}, number)
    drawn = [
        question
        for code, questions in topics.items()
        for question in _first(questions, places[code], f"{seed}:question")
    ]
    ordered = _first(drawn, number, f"{seed}:order")
    return Sheet(tuple(Asked(each.code, _options(each, seed)) for each in ordered))


def _first(questions: Iterable[Question], number: int, seed: str) -> list[Question]:
    ordered = sorted(questions, key=lambda each: (_lot(seed, each.code), each.code))
    return ordered[:number]


def _options(question: Question, seed: str) -> tuple[int, ...]:
    own = f"{seed}:option:{question.code}"
    places = range(len(question.options))
    return tuple(sorted(places, key=lambda place: _lot(own, str(place))))


def _lot(seed: str, what: str) -> str:
    return sha256(f"{seed}:{what}".encode()).hexdigest()
