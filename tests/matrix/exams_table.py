"""The rows of exams: a member's own, before, during and at the end."""

from tests.matrix.expectations import Row, Word, get, sends, write

EXAMS = {
    "exam": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(sworn="on"))},
        {"assignment_id": "exam to begin"},
        own_things=True,
    ),
    "exam_question": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends(chosen="0", go="next"))},
        {"assignment_id": "running exam", "number": "first question"},
        own_things=True,
    ),
    "exam_submit": Row(
        Word.OWN,
        {"GET": get(), "POST": write(302, sends())},
        {"assignment_id": "running exam"},
        own_things=True,
    ),
}
