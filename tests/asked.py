"""What staff are asked."""

from portal.models import HelpQuestion
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
