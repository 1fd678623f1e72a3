"""Learning here: what is taught, who learns it, what was asked and answered."""

from courses.models.allowances import MOST_PERCENT, Allowance
from courses.models.courses import Course, CourseVersion
from courses.models.exams import Answer, Attempt, QuestionBank
from courses.models.learning import (
    CourseCredit,
    Enrolment,
    EvaluationAnswers,
    EvaluationGiven,
    Watched,
    Whereabouts,
)
from courses.models.live import (
    LiveActivity,
    LiveAnswers,
    LiveAttendance,
    LiveClaim,
    LiveRegistration,
)
from courses.models.parts import CourseFile, Module, Page

__all__ = [
    "MOST_PERCENT",
    "Allowance",
    "Answer",
    "Attempt",
    "Course",
    "CourseCredit",
    "CourseFile",
    "CourseVersion",
    "Enrolment",
    "EvaluationAnswers",
    "EvaluationGiven",
    "LiveActivity",
    "LiveAnswers",
    "LiveAttendance",
    "LiveClaim",
    "LiveRegistration",
    "Module",
    "Page",
    "QuestionBank",
    "Watched",
    "Whereabouts",
]
