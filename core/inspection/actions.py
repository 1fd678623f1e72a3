"""What a PDF's objects can make a reader's program do.

Objects come as the plain values qpdf writes as JSON (version 2): a name is "/Name" in
whatever way the file spelled it, a string "u:..." or "b:<hex>", a reference "7 0 R",
and what a stream says of itself is a dictionary like any other.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Follow = Callable[[object], object]

REFERENCE = re.compile(r"[0-9]+ [0-9]+ R")
SCHEME = re.compile(r"[\s\x00-\x20]*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
# Where a link may lead: to a page on the web, or to somebody's mail or telephone.
OPEN_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "ftp", "ftps"})
LEADING_OUT = frozenset(
    {"/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/RichMediaExecute"}
)
MEDIA = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
EMBEDDED = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
# The moments an additional action may wait for: of a page or a field, of the document.
MOMENTS = frozenset(
    {"/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI", "/O", "/C"}
    | {"/K", "/F", "/V", "/WC", "/WS", "/DS", "/WP", "/DP"}
)


def harm(top: object, follow: Follow) -> str | None:
    """The code of what makes an object unfit to be kept, or `None`.

    `follow` gives the value a reference leads to, and any other value as it is.
    Objects behind references are looked into on their own turn.
    """
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if code := next(_harms(node, follow), None):
                return code
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(inner for inner in node if isinstance(inner, dict | list))
    return None


def opens_by_itself(action: object, follow: Follow) -> bool:
    """Whether opening the document does more than show a page of it.

    `action` is what the catalog's /OpenAction leads to. A destination, or one action
    that goes to a page of the same document, is what most writers put there.
    """
    if not isinstance(action, dict):
        return False
    return follow(action.get("/S")) != "/GoTo" or "/Next" in action


def _harms(node: Node, follow: Follow) -> Iterator[str]:
    yield from _acts(node, follow)
    kind = follow(node.get("/Subtype"))
    if _carries_files(node, kind, follow):
        yield "attachment"
    if "/XFA" in node:
        yield "form"
    if kind in MEDIA or "/RichMediaContent" in node or "/RichMediaSettings" in node:
        yield "media"
    if kind == "/PS" or (kind == "/Form" and "/Ref" in node):
        yield "external"


def _acts(node: Node, follow: Follow) -> Iterator[str]:
    action = follow(node.get("/S"))
    if "/JS" in node or "/JavaScript" in node or action == "/JavaScript":
        yield "script"
    if action in LEADING_OUT or (action == "/Thread" and "/F" in node):
        yield "action"
    if "/AA" in node and _waits(follow(node["/AA"]), follow):
        yield "automatic"
    if "/URI" in node and _leads_astray(follow(node["/URI"]), follow):
        yield "link"


def _waits(actions: object, follow: Follow) -> bool:
    """Whether these are additional actions, and not a font that is called /AA."""
    if not isinstance(actions, dict):
        return False
    waiting = (follow(actions[moment]) for moment in MOMENTS & actions.keys())
    return any(isinstance(action, dict) and "/S" in action for action in waiting)


def _carries_files(node: Node, kind: object, follow: Follow) -> bool:
    if kind == "/FileAttachment" or follow(node.get("/Type")) == "/EmbeddedFile":
        return True
    if "/EmbeddedFiles" in node or "/Collection" in node:
        return True
    files = follow(node.get("/EF"))
    return isinstance(files, dict) and any(name in files for name in EMBEDDED)


def _leads_astray(address: object, follow: Follow) -> bool:
    """Whether a link leads elsewhere than to the web, or starts something."""
    if isinstance(address, dict):  # the catalog's /URI: what relative links begin with
        address = follow(address.get("/Base"))
    if not isinstance(address, str):
        return False
    text = address[2:]
    if address.startswith("b:"):
        text = bytes.fromhex(text).decode("latin-1")
    if text.lstrip().startswith(("\\\\", "//")):
        return True
    scheme = SCHEME.match(text)
    # "www.example.com:8080/course" has a port and no scheme.
    if scheme is None or "." in scheme[1]:
        return False
    return scheme[1].lower() not in OPEN_SCHEMES
