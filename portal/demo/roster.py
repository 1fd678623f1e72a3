"""Who lives in the demonstration. All of them are invented."""

from dataclasses import dataclass
from datetime import date

PROGRAM = "acmss"
CYCLES = "namss"
DAY = date(2025, 11, 17)
DOMAIN = "demo.example"
PASSWORD = "goodstanding-demo"  # noqa: S105  (a demonstration's, printed)


@dataclass(frozen=True)
class Learnt:
    """What somebody reports themselves; without a day of submission it is a draft.

    `shown` are the minutes its certificate says, where they are others; `table` makes
    the proof a list of one's own. What was returned had been sent two days before.
    """

    title: str
    minutes: int
    on: date
    submitted_on: date | None = None
    kind: str = "web_based_training"
    shown: int = 0
    file: str = ""
    table: bool = False
    returned_on: date | None = None


@dataclass(frozen=True)
class Person:
    """A member: renewal date (none for a non-member), mode, credits of this term.

    `account` is the name before the @ of somebody who can sign in.
    """

    name: str
    renewal_on: date | None
    mode: str = "auto"
    minutes: tuple[int, ...] = ()
    terms: int = 1
    account: str = ""


def _person(
    name: str, renewal: str, mode: str, *minutes: int, terms: int = 1
) -> Person:
    renewal_on = date.fromisoformat(renewal) if renewal else None
    return Person(name, renewal_on, mode, minutes, terms)


HARBOR = (
    _person("Nadia Abdi", "2026-03-15", "auto", 60, 60),
    Person("Tom Bell", date(2025, 11, 3), "manual", (90, 45, 28), 2, "tom"),
    _person("Carla Benítez", "2026-01-20", "auto", 45, 60, 60),
    _person("Jonah Brandt", "2026-02-02", "manual", 90),
    _person("Amelia Chow", "2026-04-08", "auto", 120),
    _person("Luis Delgado", "2026-05-11", "auto", 30),
    _person("Hannah Fischer", "", "manual"),
    _person("Ravi Ganesan", "2026-06-30", "auto"),
    _person("Omar Haddad", "2026-07-14", "manual", 60),
    _person("Ingrid Halvorsen", "2026-02-19", "auto", 90, 90, terms=2),
    _person("Kayla Jennings", "2026-08-03", "auto"),
    _person("Samir Khalil", "", "manual"),
    _person("Grace Lindqvist", "2025-12-01", "manual", 120, 60),
    _person("Peter Marsh", "2026-03-02", "auto", 45),
    _person("Joy Mbeki", "2026-09-22", "auto"),
    _person("Daniel Novak", "2026-04-27", "manual", 60, 45),
    Person("Maya Okafor", date(2025, 12, 1), "auto", (45, 30), 1, "maya"),
    _person("Sofia Petrov", "2026-10-05", "auto"),
    _person("Aaron Quill", "2026-01-09", "auto", 120, 45),
    _person("Bianca Rossi", "2026-06-12", "auto", 30),
    _person("Theo Sandoval", "2026-02-27", "manual", 90),
    _person("Mei-Lin Tanaka", "2026-11-11", "auto", terms=2),
    _person("Olivia Underhill-Vasquez", "", "manual"),
    _person("Wesley Young", "2026-05-30", "auto", 60),
)
CEDAR = (
    _person("Felix Aranda", "2026-04-19", "manual", 60),
    _person("June Castellan", "2025-11-28", "manual", 90, 90),
    _person("Petra Vogel", "2026-08-08", "auto"),
)
TITLES = (
    "MLN: Evaluation and Management Services",
    "MLN: Combating Medicare Fraud",
    "MLN: Medicare Preventive Services",
    "MLN: Documentation That Supports the Code",
)
CATALOGUE = (
    ("MLN-1012", "MLN: Evaluation and Management Services (45 min)"),
    ("MLN-1043", "MLN: Combating Medicare Fraud (30 min)"),
    ("MLN-1077", "MLN: Medicare Preventive Services (45 min)"),
    ("MLN-1090", "MLN: Documentation That Supports the Code (90 min)"),
    ("MLN-1121", "MLN: Telehealth Services (1 hr)"),
    ("MLN-1138", "MLN: Advance Care Planning (25 min)"),
)
LEARNT = {
    "Maya Okafor": Learnt(
        "MLN: Medicare Preventive Services (45 min)", 45, date(2025, 11, 12)
    ),
}
