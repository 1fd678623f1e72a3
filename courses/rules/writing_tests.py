"""A course's test as staff write it in the browser: checked, and put into its bank.

The bank stays the one text that a ZIP has: it is read, changed here, and written anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from courses.rules.banks import MOST_OPTIONS, Bank, Option, Question
from courses.rules.writing import toml_value

BARE = re.compile(r"[A-Za-z0-9_-]+")
LONGEST = {"text": 2000, "why": 2000, "topic": 120, "option": 500}


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as it was typed: its topic in words, each answer with its tick.

    `options` has a pair for each line of the form, also where nothing was written.
    """

    topic: str
    text: str
    why: str
    options: Sequence[tuple[str, bool]]
    picture: str = ""
    picture_words: str = ""


def begun_bank(exam: str, title: str) -> Bank:
    """A bank with no question yet."""
    return Bank(exam, "", title, sample=False, topics=(), questions=(), sha256="")


def number_of(bank: Bank, code: str | None) -> int:
    """Say which question of a bank it is, from 1; a new one comes after the last."""
    codes = [each.code for each in bank.questions]
    return codes.index(code) + 1 if code in codes else len(codes) + 1


def problems_of_question(
    bank: Bank, code: str | None, written: WrittenQuestion
) -> Sequence[tuple[str, str]]:
    """Say what is wrong with a question: (field, sentence) each.

    Args:
        bank: what it is put into.
        code: which one it replaces; None adds it.
        written: as it was typed.
    """
    found = [
        (key, f"Write {words}.")
        for key, words in (
            ("text", "what is asked"),
            ("topic", "its topic"),
            ("why", "why the right answer is right"),
        )
        if not getattr(written, key).strip()
    ]
    others = {each.text.casefold() for each in bank.questions if each.code != code}
    if written.text.strip().casefold() in others:
        found.append(("text", "Another question asks the same."))
    if written.picture and not written.picture_words.strip():
        found.append(("picture_words", "Write what the picture shows."))
    if written.picture_words.strip() and not written.picture:
        found.append(("picture", "Choose the picture, or empty what it shows."))
    found += _of_options(written)
    name = f"Question {number_of(bank, code)}"
    return [(field, f"{name}: {text}") for field, text in found]


def with_question(bank: Bank, code: str, written: WrittenQuestion) -> Bank:
    """Put a question into a bank, in place of that of the code, or at its end.

    Nothing is wrong with it, as `problems_of_question` says. A topic is another
    question's where it has the same words.
    """
    topics, topic = _with_topic(bank, written.topic.strip())
    made = Question(
        code=code,
        topic=topic,
        text=written.text.strip(),
        options=tuple(
            Option(text.strip(), right) for text, right in written.options if _is(text)
        ),
        why=written.why.strip(),
        picture=written.picture,
        picture_words=written.picture_words.strip(),
    )
    here = number_of(bank, code) - 1
    questions = (*bank.questions[:here], made, *bank.questions[here + 1 :])
    return _trimmed(replace(bank, topics=topics, questions=questions))


def without_question(bank: Bank, code: str) -> Bank:
    """Take a question out of a bank; a topic that nothing asks about goes along.

    Raises:
        KeyError: there is none of this code.
    """
    gone = bank.question(code)
    left = tuple(each for each in bank.questions if each is not gone)
    return _trimmed(replace(bank, questions=left))


def moved_question(bank: Bank, code: str, *, up: bool) -> Bank:
    """Move a question one place up or down; at the end it stays.

    Raises:
        KeyError: there is none of this code.
    """
    here = bank.questions.index(bank.question(code))
    there = here - 1 if up else here + 1
    questions = list(bank.questions)
    if 0 <= there < len(questions):
        questions[here], questions[there] = questions[there], questions[here]
    return replace(bank, questions=tuple(questions))


def bank_text(bank: Bank) -> str:
    """Write a bank's TOML: what is read again is the same."""
    lines = [f"exam = {toml_value(bank.exam)}"]
    if bank.specialty:
        lines.append(f"specialty = {toml_value(bank.specialty)}")
    lines.append(f"title = {toml_value(bank.title)}")
    lines += [f"sample = {_flag(bank.sample)}", "", "[topics]"]
    for code, words in bank.topics:
        key = code if BARE.fullmatch(code) else toml_value(code)
        lines.append(f"{key} = {toml_value(words)}")
    for question in bank.questions:
        lines += ["", "[[questions]]", *_question_lines(question)]
    return "\n".join(lines) + "\n"


def _question_lines(question: Question) -> Sequence[str]:
    lines = [
        f"{key} = {toml_value(getattr(question, key))}"
        for key in ("code", "topic", "text", "picture", "picture_words", "why")
        if getattr(question, key)
    ]
    lines.append("options = [")
    for each in question.options:
        right = ", right = true" if each.right else ""
        lines.append(f"    {{ text = {toml_value(each.text)}{right} }},")
    return [*lines, "]"]


def _of_options(written: WrittenQuestion) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for number, (text, right) in enumerate(written.options, start=1):
        field, said = f"option_{number}", text.strip().casefold()
        if right and not said:
            found.append((field, f"Write answer {number}, or take its tick away."))
        elif said in seen:
            same = f"Answer {number} says the same as answer {seen[said]}."
            found.append((field, same))
        if said:
            seen.setdefault(said, number)
    ticked = sum(right and _is(text) for text, right in written.options)
    if len(seen) < 2:
        found.append(("option_1", f"Write 2 to {MOST_OPTIONS} answers."))
    elif not ticked:
        found.append(("option_1", "Tick each answer that is right."))
    elif ticked == sum(_is(text) for text, _ in written.options):
        found.append(("option_1", "Leave one answer without a tick: it is wrong."))
    return found


def _with_topic(bank: Bank, words: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Find the topic of these words, or add it: all topics, and its code."""
    for code, said in bank.topics:
        if said.casefold() == words.casefold():
            return bank.topics, code
    taken = {code for code, _ in bank.topics}
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "topic"
    code, number = plain, 1
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    return (*bank.topics, (code, words)), code


def _trimmed(bank: Bank) -> Bank:
    asked = {each.topic for each in bank.questions}
    return replace(bank, topics=tuple(each for each in bank.topics if each[0] in asked))


def _is(text: str) -> bool:
    return bool(text.strip())


def _flag(value: bool) -> str:  # noqa: FBT001 - what it writes
    return "true" if value else "false"
