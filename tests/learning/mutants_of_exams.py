"""Rules of exams, tests and what they bring, each taken away: the tests notice."""

from tests.matrix.mutating import Mutant

RULES, SERVICES = "courses/rules/", "courses/services/"
BY_RULE = "tests/learning/test_exams.py"
SITTING = "tests/learning/test_sitting.py"
TAKING = "tests/learning/test_taking_a_course.py"
WRITING = "tests/courses/test_written_tests.py"
PICTURES = "tests/courses/test_question_pictures.py"
EXAMS = (
    # Marking.
    Mutant(
        f"{RULES}marking.py",
        "given == question.right",
        "bool(given & question.right)",
        BY_RULE,
    ),
    Mutant(f"{RULES}marking.py", ">= pass_mark", "> pass_mark", BY_RULE),
    Mutant(
        f"{RULES}marking.py",
        "quantize(SHOWN, ROUND_DOWN)",
        "quantize(SHOWN)",
        BY_RULE,
    ),
    # The clock.
    Mutant(f"{RULES}clock.py", "return now <= ends", "return now < ends", BY_RULE),
    Mutant(f"{RULES}clock.py", "* (FULL + extended)", "* FULL", BY_RULE),
    Mutant(f"{RULES}clock.py", "days=wait_days)", "days=wait_days + 1)", BY_RULE),
    Mutant(
        f"{SERVICES}sitting.py",
        "    if not is_open(now, row.ends_at):\n        raise Stale(TIME_UP)\n",
        "",
        SITTING,
    ),
    Mutant(
        f"{SERVICES}sitting.py",
        "    if row.ended_at is not None:\n        raise Stale(HANDED_IN)\n",
        "",
        SITTING,
    ),
    Mutant(
        f"{SERVICES}sitting.py",
        "attempt.ended_at = min(now, attempt.ends_at)",
        "attempt.ended_at = now",
        SITTING,
    ),
    Mutant(
        f"{SERVICES}sitting.py",
        "if row.ended_at is None and not is_open(now, row.ends_at):",
        "if row.ended_at is None:",
        SITTING,
    ),
    # Drawing.
    Mutant(
        f"{RULES}drawing.py",
        'ordered = _first(drawn, number, f"{seed}:order")',
        "ordered = list(drawn)",
        BY_RULE,
    ),
    Mutant(
        f"{RULES}drawing.py",
        "return tuple(sorted(places, key=lambda place: _lot(own, str(place))))",
        "return tuple(places)",
        BY_RULE,
    ),
    Mutant(
        f"{RULES}drawing.py",
        'own = f"{seed}:option:{question.code}"',
        'own = f"{seed}:option"',
        BY_RULE,
    ),
    Mutant(
        f"{RULES}drawing.py",
        "    if number > len(bank.questions):",
        "    if number > len(bank.questions) + number:",
        BY_RULE,
    ),
    # First the pages, then the test, then the evaluation, then the credit: once.
    Mutant(
        f"{SERVICES}testing.py",
        "    if way_of(row).missing:\n        raise NotEligible(PAGES_FIRST)\n",
        "",
        TAKING,
    ),
    Mutant(
        f"{SERVICES}evaluating.py",
        "    if row.completed_at is None:\n        raise NotEligible(NOT_COMPLETED)\n",
        "",
        TAKING,
    ),
    Mutant(
        f"{SERVICES}claiming.py",
        "    if not EvaluationGiven.objects.filter(enrolment=row).exists():\n"
        "        raise NotEligible(NOT_EVALUATED)\n",
        "",
        TAKING,
    ),
    Mutant(
        f"{SERVICES}claiming.py",
        "    if known := credit_of(row):\n        return known\n",
        "",
        TAKING,
    ),
    # Writing a test, its pictures, and more time.
    Mutant("courses/queries/written_tests.py", "have < drawn", "have < 0", WRITING),
    Mutant(
        f"{SERVICES}writing_tests.py",
        "        check_seen(seen, seen_question(bank, code))\n",
        "        pass\n",
        WRITING,
    ),
    Mutant(
        "courses/queries/learning.py",
        "return rows.exclude(kind=CourseFile.Kind.QUESTION).first()",
        "return rows.first()",
        PICTURES,
    ),
    Mutant(
        "portal/views/course_tests.py",
        "    attempt = _running(request, door, enrolment)\n    if attempt is None:\n"
        "        raise Missing",
        "    attempt = (list(tests_taken(enrolment)) or [None])[-1]\n"
        "    if attempt is None:\n        raise Missing",
        PICTURES,
    ),
    Mutant(
        f"{SERVICES}allowing.py",
        "    held = _kept(actor, member)\n",
        "    held = member\n",
        "tests/learning/test_allowances.py",
    ),
)
