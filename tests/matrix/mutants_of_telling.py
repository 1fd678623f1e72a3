"""Notices, questions and consent that would reach somebody whom they are not for."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

NOTICES = "notifications/models.py"
ENTRY = "accounts/models/entry.py"
ASKING = "accounts/queries.py"
DESK = "portal/queries/questions.py"
MEMBER = "nothing_of_another and member"
TELLING = (
    Mutant(
        NOTICES,
        "return self.readable(whole=whole).filter(user=user)",
        "return self.readable(whole=whole)",
        "read_notice",
    ),
    Mutant(
        "notifications/services/reading.py",
        "Notice.objects.visible_to(user, whole=whole).filter(pk=notice_id)",
        "Notice.objects.readable(whole=whole).filter(pk=notice_id)",
        "read_notice",
    ),
    Mutant(
        "portal/queries/notices.py",
        "mine = Notice.objects.visible_to(user, whole=whole)",
        "mine = Notice.objects.readable(whole=whole)",
        MEMBER,
    ),
    Mutant(
        "portal/api/notices.py",
        "Notice.objects.visible_to(door.person, whole=door.whole)",
        "Notice.objects.readable(whole=door.whole)",
        MEMBER,
    ),
    Mutant(
        NOTICES,
        '"""A person\'s own."""\n        return self.filter(user=user)\n\n\n'
        "class CalendarFeed(",
        '"""A person\'s own."""\n        return self.all()\n\n\nclass CalendarFeed(',
        "calendar",
    ),
)
ASKED = '"""What a body was asked."""\n        '
SAVED = '"""What a body\'s staff saved, for all of them."""\n        '
QUESTIONS = (
    Mutant(
        "portal/models.py",
        f"{ASKED}return self.filter(program=program)",
        f"{ASKED}return self.all()",
        "staff_question",
    ),
    Mutant(
        "portal/models.py",
        f"{SAVED}return self.filter(program=program)",
        f"{SAVED}return self.all()",
        "staff_view_remove",
    ),
    Mutant(
        "portal/services/viewing.py",
        "rows = SavedView.objects.of_list(program, place).select_for_update()",
        "rows = SavedView.objects.filter(place=place).select_for_update()",
        "staff_view_remove",
    ),
    Mutant(
        "portal/queries/transcript_links.py",
        "TranscriptLink.objects.visible_to(user).filter(pk=link_id)",
        "TranscriptLink.objects.filter(pk=link_id)",
        "revoke_transcript_link",
    ),
    Mutant(
        DESK,
        "HelpQuestion.objects.of_body(program).filter(pk=question_id)",
        "HelpQuestion.objects.filter(pk=question_id)",
        "staff_question",
    ),
    Mutant(
        DESK,
        "found = HelpQuestion.objects.of_body(program)\n",
        "found = HelpQuestion.objects.all()\n",
        "nothing_of_another and manager or shows_nowhere_else",
    ),
    Mutant(
        "portal/views/staff_questions.py",
        "@route(permission=STAFF_SEE)\ndef listed(",
        f"{WITH_PUBLIC}@route(permission=PUBLIC)\ndef listed(",
        "staff_questions",
    ),
)
CONSENT = (
    Mutant(
        ENTRY,
        "return self.filter(email__iexact=user.email)",
        "return self.all()",
        "asked_to_join",
    ),
    Mutant(
        "accounts/views/asked.py",
        "Invitation.objects.visible_to(door.person).open(now())",
        "Invitation.objects.open(now())",
        "asked_to_join",
    ),
    Mutant(
        ASKING,
        "found = Invitation.objects.visible_to(user).open(now)",
        "found = Invitation.objects.open(now)",
        MEMBER,
    ),
    Mutant(
        ASKING,
        "        member__user=user, program=invitation.program\n",
        "        program=invitation.program\n",
        f"{MEMBER} or asked_to_join",
    ),
)
TOLD = (*TELLING, *QUESTIONS, *CONSENT)
