"""The walls of what people learn in the portal: courses, exams and their answers."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    ALL,
    BODY,
    MEMBERS,
    below,
    own,
    practice,
    setup,
    staff,
    sweep,
)
from core.walls import May, Rule

SEE, CHANGE, ADD = May.SEE, May.CHANGE, May.ADD
OF_ATTEMPT = below("attempt_id", "courses_attempt")
OF_COURSE = below("course_id", "courses_course")
OF_VERSION = below("version_id", "courses_courseversion")
OF_ENROLMENT = below("enrolment_id", "courses_enrolment")
# What a course teaches is read by whoever is enrolled in that version of it.
MINE = f"SELECT 1 FROM courses_enrolment e WHERE e.{MEMBERS}"  # noqa: S608
PUBLISHED = "published_at IS NOT NULL"
OF_LIVE = below("live_id", "courses_liveactivity")
OF_REGISTRATION = below("registration_id", "courses_liveregistration")

COURSES: Mapping[str, Sequence[Rule]] = {
    # A practice learns how its assignment went, not what was answered.
    # Staff: a merge of two accounts takes them along.
    "courses_attempt": (own(MEMBERS), staff(BODY, CHANGE), *sweep(CHANGE)),
    "courses_answer": (own(OF_ATTEMPT), staff(OF_ATTEMPT, SEE), *sweep(SEE)),
    # A body's catalogue is for whoever signs in: also who is not its member may learn.
    "courses_course": (practice(ALL, SEE), own(ALL, SEE), staff(BODY), *sweep(SEE)),
    "courses_courseversion": (
        practice(PUBLISHED, SEE),
        own(PUBLISHED, SEE),
        staff(OF_COURSE),
        *sweep(SEE),
    ),
    "courses_module": (own(OF_VERSION, SEE), staff(OF_VERSION), *sweep(SEE)),
    **{
        table: (
            # Of this one version: all enrolments would be read for each file else.
            own(f"EXISTS ({MINE} AND e.version_id = {table}.version_id)", SEE),
            staff(OF_VERSION),
            *sweep(SEE),
        )
        for table in ("courses_page", "courses_coursefile")
    },
    # No practice: where somebody is in a course is theirs.
    # Whoever records the payment of a course enrols its learner: staff, or the worker.
    "courses_enrolment": (
        own(MEMBERS),
        *(staff(BODY, may) for may in (CHANGE, ADD)),
        *(rule for may in (CHANGE, ADD) for rule in sweep(may)),
    ),
    **{
        table: (own(OF_ENROLMENT), *sweep(SEE))
        for table in ("courses_whereabouts", "courses_watched")
    },
    # The letter to who claimed nothing says whether it is missing.
    "courses_evaluationgiven": (
        own(OF_ENROLMENT),
        staff(OF_ENROLMENT, SEE),
        *sweep(SEE),
    ),
    # Who says something adds it, and doesn't find it again: it names nobody.
    "courses_evaluationanswers": (own(OF_VERSION, ADD), staff(OF_VERSION, SEE)),
    "courses_allowance": (own(MEMBERS, SEE), staff(BODY), *sweep(SEE)),
    "courses_coursecredit": (own(MEMBERS), staff(BODY, CHANGE), *sweep(CHANGE)),
    # A body's live activities are for whoever signs in, as its catalogue is.
    "courses_liveactivity": (
        own(PUBLISHED, SEE),
        staff(BODY),
        # Their codes are sealed anew under another key.
        setup(ALL, CHANGE),
        *sweep(SEE),
    ),
    # Who registers finds their own alone; how many come, the service counts as staff.
    "courses_liveregistration": (
        own(MEMBERS),
        staff(BODY, CHANGE),
        # The letter is written by the worker.
        *sweep(CHANGE),
    ),
    "courses_liveattendance": (
        own(OF_REGISTRATION),
        staff(OF_REGISTRATION),
        *sweep(SEE),
    ),
    "courses_liveclaim": (
        own(OF_REGISTRATION),
        staff(OF_REGISTRATION, SEE),
        *sweep(SEE),
    ),
    "courses_liveanswers": (own(OF_LIVE, ADD), staff(OF_LIVE, SEE)),
}
