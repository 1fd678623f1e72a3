"""What staff are asked, and how they look at their lists."""

from urllib.parse import urlencode
from uuid import uuid4

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


def a_view(
    program: str = BODY, place: SavedView.Place = SavedView.Place.QUEUE
) -> SavedView:
    """Filters that a body's staff keep under a name; each call makes others."""
    words = f"Lesson {uuid4().hex[:8]}"
    return SavedView.objects.create(
        program=program,
        place=place,
        name=words,
        query=f"?{urlencode({'q': words})}",
        saved_by="Erin Evans",
        saved_at=NOW,
    )
