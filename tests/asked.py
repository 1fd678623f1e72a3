"""What staff are asked, and how they look at their lists."""

from portal.models import HelpQuestion, SavedView
from tests.cast import BODY, NOW


def a_question(program: str = BODY, **values: object) -> HelpQuestion:
    """Something that somebody without a session asks a body's staff."""
    given = {
        "program": program,
        "asked_at": NOW,
        "name": "Quinn Asks",
        "email": "quinn@mail.example",
        "page": "/me/",
        "text": "How do I add a course?",
    }
    return HelpQuestion.objects.create(**(given | values))


def a_view(program: str = BODY, name: str = "Old ones first") -> SavedView:
    """Filters that a body's staff keep under a name."""
    return SavedView.objects.create(
        program=program,
        place=SavedView.Place.QUEUE,
        name=name,
        query="?age=30",
        saved_by="Erin Evans",
        saved_at=NOW,
    )
