"""Reading what a reviewer's address says: the queue's filters, the page of a proof."""

from django.http import HttpRequest, QueryDict

from portal.programs import uuid_or_none
from portal.queries.filters import AGES, STATES, WAITING, Asked
from portal.queries.flags import FLAGS
from portal.queries.paging import page_number
from portal.queries.proofs import Looking
from portal.sent import sent

FLAG_CODES = frozenset(flag.code for flag in FLAGS)


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


def looking_in(request: HttpRequest) -> Looking:
    """Read which page of which proof is looked at, and how large."""
    data = request.GET
    return Looking(
        proof=uuid_or_none(data.get("proof", "")),
        page=page_number(data.get("page", "1")),
        zoom=page_number(data.get("zoom", "100")),
    )
