"""Pictures of a test's questions: each is there, and each is asked about."""

from collections.abc import Collection, Mapping

from courses.rules.banks import Bank

LONGEST_WORDS = 300


def pictures_of(bank: Bank) -> Mapping[str, int]:
    """Name the pictures of a bank, and the first question that shows each, from 1."""
    found: dict[str, int] = {}
    for number, each in enumerate(bank.questions, start=1):
        if each.picture:
            found.setdefault(each.picture, number)
    return found


def picture_problem(
    bank: Bank | None, pictures: Collection[str], files: Collection[str]
) -> tuple[str, str, str]:
    """Say what is wrong with the pictures of a ZIP: file, place in it, and reason.

    All three are empty where nothing is wrong.

    Args:
        bank: of the test; None where there is none.
        pictures: names of those in the ZIP.
        files: names of what pages may show.
    """
    asked = pictures_of(bank) if bank else {}
    for name, number in asked.items():
        if name not in pictures:
            place = f"questions[{number}].picture"
            return "bank.toml", place, f"pictures/{name} is missing"
    for name in sorted(pictures):
        if name not in asked:
            return f"pictures/{name}", "", "no question shows it"
        if name.casefold() in {each.casefold() for each in files}:
            return f"pictures/{name}", "", "files/ has one of the same name"
    return "", "", ""
