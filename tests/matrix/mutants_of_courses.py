"""Courses that would be shown to, written or claimed by somebody they are not for."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

LEARNERS = "courses/models/learning.py"
COURSES_OF = "courses/models/courses.py"
MINE = "courses/queries/learning.py"
DESK = "portal/queries/staff_courses.py"
PLAYED = "course_contents or course_page or course_file"
CATALOGUE = "api_course or my_learning or course"
OVER_REST = "api_my_course"
COURSES = (
    Mutant(
        LEARNERS,
        '"""Which enrolments somebody may see."""\n\n'
        "    def visible_to(self, member: Member) -> Self:\n"
        '        """The member\'s own."""\n        return self.filter(member=member)',
        '"""Which enrolments somebody may see."""\n\n'
        "    def visible_to(self, member: Member) -> Self:\n"
        '        """The member\'s own."""\n        return self.all()',
        PLAYED,
    ),
    Mutant(
        MINE,
        "rows = Enrolment.objects.visible_to(member)\n"
        '    rows = rows.select_related("course", "version", "member", "assignment")',
        "rows = Enrolment.objects.all()\n"
        '    rows = rows.select_related("course", "version", "member", "assignment")',
        PLAYED,
    ),
    Mutant(
        "portal/api/learning.py",
        "rows = Enrolment.objects.visible_to(door.member)",
        "rows = Enrolment.objects.all()",
        OVER_REST,
    ),
    Mutant(
        "courses/queries/course_tests.py",
        "rows = Attempt.objects.filter(enrolment=enrolment).select_related(",
        "rows = Attempt.objects.select_related(",
        OVER_REST,
    ),
    Mutant(
        "portal/queries/exams.py",
        'Assignment.objects.visible_to(member).select_related("product", "practice")',
        'Assignment.objects.select_related("product", "practice")',
        "api_my_exam",
    ),
    Mutant(
        "courses/queries/exams.py",
        "Attempt.objects.filter(assignment=assignment, pk=attempt_id)",
        "Attempt.objects.filter(pk=attempt_id)",
        "api_my_exam",
    ),
    Mutant(
        MINE,
        "CourseFile.objects.filter(version=enrolment.version_id, name=name)\n"
        "    return rows.exclude",
        "CourseFile.objects.filter(name=name)\n    return rows.exclude",
        "course_file",
    ),
    Mutant(
        "portal/queries/learn_course.py",
        "row = Course.objects.filter(pk=course_id, program__in=today).first()",
        "row = Course.objects.filter(pk=course_id).first()",
        CATALOGUE,
    ),
    Mutant(
        COURSES_OF,
        '"""All that a body has, drafts with them: what its staff see."""\n'
        "        return self.filter(program=program)",
        '"""All that a body has, drafts with them: what its staff see."""\n'
        "        return self.all()",
        "staff_course",
    ),
    Mutant(
        COURSES_OF,
        '"""What a body\'s staff see."""\n'
        "        return self.filter(course__program=program)",
        '"""What a body\'s staff see."""\n        return self.all()',
        "staff_version",
    ),
    Mutant(
        DESK,
        "found = Course.objects.of_program(program).filter(pk=course_id).first()",
        "found = Course.objects.filter(pk=course_id).first()",
        "staff_course",
    ),
    Mutant(
        DESK,
        "rows = CourseVersion.objects.of_program(program).filter(pk=version_id)",
        "rows = CourseVersion.objects.filter(pk=version_id)",
        "staff_version or staff_page",
    ),
    Mutant(
        "portal/queries/course_evaluations.py",
        "found = Course.objects.of_program(program).filter(pk=course_id).first()",
        "found = Course.objects.filter(pk=course_id).first()",
        "staff_evaluations",
    ),
    Mutant(
        "portal/views/staff_courses.py",
        "@route(permission=STAFF_CATALOGUE, methods=BOTH)\ndef new(",
        WITH_PUBLIC + "@route(permission=PUBLIC, methods=BOTH)\ndef new(",
        "staff_course_new",
    ),
    Mutant(
        "portal/views/course_player.py",
        '@route(permission=OWN, methods=("POST",))\ndef course_place(',
        WITH_PUBLIC + '@route(permission=PUBLIC, methods=("POST",))\ndef course_place(',
        "course_place",
    ),
)
