"""Reading which page of which proof a reviewer's address asks for."""

from django.http import HttpRequest

from portal.programs import uuid_or_none
from portal.queries.paging import page_number
from portal.queries.proofs import Looking


def looking_in(request: HttpRequest) -> Looking:
    """Read which page of which proof is looked at, and how large."""
    data = request.GET
    return Looking(
        proof=uuid_or_none(data.get("proof", "")),
        page=page_number(data.get("page", "1")),
        zoom=page_number(data.get("zoom", "100")),
    )
