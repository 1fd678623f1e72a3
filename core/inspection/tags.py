"""A page's tags find what they tag when the page has become a picture of itself.

A tag names content by its number on a page. Where the content moved into a picture the
number is that picture's, and the tag has to say so, or a screen reader reads nothing.
"""

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Page, Pdf

MANY = 100_000


def keep_tags(pdf: Pdf, page: Page, picture: Object) -> None:
    """Let the tags of a page's content lead into the picture it moved to.

    A structure that isn't sound is left as it is: it was of no use before.
    """
    number: object = page.obj.get(Name.StructParents)
    root = pdf.Root.get(Name.StructTreeRoot)
    if not isinstance(number, int) or not isinstance(root, Dictionary):
        return
    try:
        tags = NumberTree(root.ParentTree)[number]
    except (AttributeError, KeyError, RuntimeError, ValueError):
        return
    if not isinstance(tags, Array):
        return
    picture.StructParents = number
    del page.obj[Name.StructParents]
    seen = set()
    for tag in tags:
        if isinstance(tag, Dictionary) and tag.objgen not in seen:
            seen.add(tag.objgen)
            _lead(tag, page, picture)


def _lead(tag: Dictionary, page: Page, picture: Object) -> None:
    if Name.K not in tag:
        return
    kids = tag[Name.K]
    here = _is(tag.get(Name.Pg), page)
    if isinstance(kids, Array):
        for at in range(min(len(kids), MANY)):
            kids[at] = _led(kids[at], page, picture, here=here)
    else:
        tag.K = _led(kids, page, picture, here=here)


def _led(kid: object, page: Page, picture: Object, *, here: bool) -> object:
    """One thing a tag holds: a number on its page, a longer word for that, or a tag."""
    if isinstance(kid, int):
        if not here:
            return kid
        return Dictionary(Type=Name.MCR, Pg=page.obj, Stm=picture, MCID=kid)
    if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
        its_own = _is(kid[Name.Pg], page) if Name.Pg in kid else here
        if its_own and Name.Stm not in kid:
            kid.Stm = picture
            kid.Pg = page.obj
    return kid


def _is(found: object, page: Page) -> bool:
    return isinstance(found, Dictionary) and found.objgen == page.obj.objgen
