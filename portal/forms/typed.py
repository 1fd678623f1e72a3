"""Reading what was typed, before a rule judges it."""


def whole_or_text(text: str) -> int | str | None:
    """Read minutes as typed: a whole number, other text as it is, None for nothing."""
    text = text.strip()
    if not text:
        return None
    whole = text.isascii() and text.removeprefix("-").isdigit()
    return int(text) if whole else text
