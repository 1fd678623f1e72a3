"""A page with too much Markdown is refused before anybody waits for it."""

from time import perf_counter

import pytest

from courses.rules import html_of, problem_of

REFUSED = "At most 10,000 signs of a page may be Markdown's own"
WORST = ("[", "![", "[*", "[<", "**a", "|a", "[\n", "- a\n", "*_", "a](")


@pytest.mark.parametrize("sign", WORST)
def test_what_would_take_long_is_refused_at_once(sign: str) -> None:
    page = sign * (100_000 // len(sign))
    begun = perf_counter()
    assert problem_of(page).startswith(REFUSED)
    assert perf_counter() - begun < 0.1


@pytest.mark.parametrize("sign", WORST)
def test_what_is_taken_is_made_in_no_time(sign: str) -> None:
    marks = sum(each in "[]!*_<>|\n" for each in sign)
    page = sign * (10_000 // marks)
    begun = perf_counter()
    assert not problem_of(page)
    assert html_of(page, files_at="files/")
    assert perf_counter() - begun < 2


def test_a_long_page_of_words_is_taken() -> None:
    line = "Read **this** [form](files/form.pdf), and tell *nobody*.\n\n"
    assert not problem_of(line * 700)
