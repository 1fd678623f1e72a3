"""A file's name: text that is shown, and an ending that must not lie."""

import re
import unicodedata
from urllib.parse import quote

from core.files.refusals import FileRefused

LONGEST = 200
# Controls, halves of characters, private ones, breaks, and what only steers the text.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
# Of the steering signs, words of some scripts and joined pictures need these.
JOINERS = "\u200c\u200d"
# Called letters or symbols, but drawn as nothing.
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"

NAMES = {
    "pdf": "PDF",
    "png": "PNG picture",
    "jpeg": "JPEG picture",
    "webm": "WebM video",
    "mp4": "MP4 video",
    "vtt": "WebVTT file",
}
ENDINGS = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "mp4": (".mp4", ".m4v"),
    **{each: (f".{each}",) for each in ("webm", "vtt", "csv", "xlsx", "jsonl", "zip")},
}
# Names that Windows keeps for devices, whatever ending they have.
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def shown_name(name: str) -> str:
    """The original name as harmless text, at most 200 characters, never empty.

    No folders, no characters that nobody sees or that turn the text round; composed
    (NFC), in any script. The ending outlives the shortening.
    """
    last = re.split(r"[/\\]", name)[-1]
    text = unicodedata.normalize("NFC", "".join(_seen(last)))
    text = " ".join(text.split())
    stem, dot, ending = text.rpartition(".")
    if len(text) > LONGEST and dot and len(ending) <= 10:
        text = stem[: LONGEST - 1 - len(ending)].rstrip() + dot + ending
    return text[:LONGEST].strip() or "file"


def _seen(name: str) -> list[str]:
    """The characters of a name that are seen; a break of any kind becomes a space."""
    kept: list[str] = []
    for sign in name:
        category = unicodedata.category(sign)
        if sign in JOINERS:
            before = unicodedata.category(kept[-1])[0] if kept else ""
            if before in {"L", "M", "S"}:
                kept.append(sign)
        elif category in {"Zl", "Zp", "Zs"} or sign in "\t\n\r":
            kept.append(" ")
        elif not (category in UNSEEN or sign in BLANKS or _never_assigned(sign)):
            kept.append(sign)
    return kept


def _never_assigned(sign: str) -> bool:
    """Code points that are no characters, or are never to be seen if they become some.

    Others without a name here are kept: the newest emoji are younger than our table.
    """
    point = ord(sign)
    return (
        point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= point <= 0xFDEF
        or 0xFFF0 <= point <= 0xFFF8
        or 0xE0000 <= point <= 0xE0FFF
        or point == 0x2065
    )


def check_ending(name: str, kind: str) -> None:
    """Refuse a name that says something else than the content (`kind`) is.

    Raises:
        FileRefused: with both named ("a PNG picture named .pdf"), and what to do.
    """
    if "\x00" in name:
        raise FileRefused.because("name")
    text = shown_name(name)
    ending = text[text.rfind(".") :].lower() if "." in text[1:] else ""
    if ending in ENDINGS[kind]:
        return
    right = ENDINGS[kind][0]
    said = (
        f"is a {NAMES[kind]} named {ending}."
        if re.fullmatch(r"\.[a-z0-9]{1,8}", ending)
        else f"is a {NAMES[kind]}, but its name doesn't end in {right}."
    )
    text = f"This file {said} Rename it to end in {right}, then choose it again."
    raise FileRefused.saying(text, "ending")


def disposition(name: str, kind: str, *, shown: bool = False) -> str:
    """The Content-Disposition that has a browser save a file under its own name.

    With `shown` a browser may show the file first.

    An ASCII name for old browsers, the real one beside it (RFC 6266); both end as the
    stored kind demands, whatever the name says.
    """
    text = shown_name(name)
    if not text.lower().endswith(ENDINGS[kind]):
        text += ENDINGS[kind][0]
    if DEVICES.match(text):
        text = f"_{text}"
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", plain).strip(" .")
    if not plain.lower().endswith(ENDINGS[kind]):
        plain = f"file{ENDINGS[kind][0]}"
    how = "inline" if shown else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(text, safe='')}"
