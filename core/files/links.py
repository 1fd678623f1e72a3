"""Links to files: a page links to an address that asks who comes, each time.

Where somebody may have the file, the address sends them on to itself with a signed
link, which is good for a minute, for them, in this session, and for this file alone.
Whatever copied the address out of a history, a log or a mail opens nothing with it.
"""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from core.failures import Missing
from core.files.giving import StoredFile, answer
from core.files.keeping import gone, is_kept

# trust.md's "at most 60 s": enough for the browser's next request, and no more.
SECONDS = 60
SALT = "core.files.link"
PARAMETER = "link"
GONE = 410


def hand_out(
    request: HttpRequest,
    file: StoredFile,
    *,
    person: UUID | None,
    giving: Callable[[], None] | None = None,
) -> HttpResponseBase:
    """Send a person on to their signed link, or, where they come with it, the file.

    The view has found out that they may have it, at this request too: a right that was
    taken away takes the link with it. A link that is too old gets a page that leads to
    a fresh one.

    Args:
        person: who asks.
        giving: called just before the file itself is sent; it may refuse.

    Raises:
        Missing: the link is somebody else's, or no link; or the file is gone.
    """
    on_the_way = sent_on(request, file, person=person)
    if on_the_way is not None:
        return on_the_way
    if giving and request.method == "GET":
        giving()
    return answer(file)


def sent_on(
    request: HttpRequest, file: StoredFile, *, person: UUID | None
) -> HttpResponseBase | None:
    """Send a person on as `hand_out` does; None where their link is good.

    Raises:
        Missing: as `hand_out` does.
    """
    if not is_kept(file.key):
        raise gone(file.key)
    bound = _bound(request, file, person)
    link = request.GET.get(PARAMETER)
    if link is None:
        fresh = f"{request.path}?{PARAMETER}={_signer().sign(bound)}"
        return _unkept(HttpResponseRedirect(fresh))
    try:
        if _signer().unsign(link) != bound:
            raise Missing("Not found.")
        _signer().unsign(link, max_age=SECONDS)
    except SignatureExpired:
        return _unkept(_ended(request))
    except BadSignature:
        raise Missing("Not found.") from None
    return None


def _signer() -> TimestampSigner:
    """Sign with SECRET_KEY; what was signed with one of its FALLBACKS is good too."""
    return TimestampSigner(salt=SALT, sep=".")


def _bound(request: HttpRequest, file: StoredFile, person: UUID | None) -> str:
    """Whose link it is and to what, told to nobody."""
    said = f"{person}\n{request.session.session_key}\n{request.path}\n{file.key}"
    return sha256(said.encode()).hexdigest()


def _ended(request: HttpRequest) -> HttpResponseBase:
    context = {"again_url": request.path, "page_title": "This link has ended"}
    return render(request, "files/link_ended.html", context, status=GONE)


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    return response
