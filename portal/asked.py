"""Reading the filters of staff's lists out of an address, for pages and REST alike."""

from django.http import QueryDict

from portal.queries import application_list as of_applications
from portal.queries.filters import AGES, STATES, WAITING, Asked
from portal.queries.flags import FLAGS
from portal.sent import sent

FLAG_CODES = frozenset(flag.code for flag in FLAGS)
QUEUE_FILTERS = ("state", "flag", "kind", "practice", "age", "q")
APPLICATION_FILTERS = ("state", "kind", "mark", "q")
LONGEST_FILTER = 100


def asked_in(data: QueryDict) -> Asked:
    """Read the queue's filters out of an address; what names none is left out."""
    state = sent(data, "state", 20)
    state = state if state in STATES else WAITING
    flag, age = sent(data, "flag", 20), sent(data, "age", 3)
    flags = FLAG_CODES if state == WAITING else frozenset()
    return Asked(
        state=state,
        flag=flag if flag in flags else "",
        kind=sent(data, "kind", 40),
        practice=sent(data, "practice", 60),
        age=int(age) if age in {str(days) for days in AGES} else 0,
        q=sent(data, "q", 100),
    )


def applications_asked(data: QueryDict) -> of_applications.Asked:
    """Read the filters of the list of applications; what names none is left out."""
    texts = (sent(data, name, LONGEST_FILTER) for name in APPLICATION_FILTERS)
    return of_applications.asked_of(*texts)
