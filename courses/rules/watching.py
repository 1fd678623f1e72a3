"""What somebody has seen of a video: stretches of seconds, joined (M1).

Skipping leaves a hole. A video of which all must be watched is watched once no more
than the pack's few seconds are missing; those a player loses at both ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Spans = tuple[tuple[Decimal, Decimal], ...]

NOTHING = Decimal(0)
STEP = Decimal("0.01")
# More than these in one message is no player of ours.
MOST_SPANS = 500
PAIR = 2
NO_SPANS = "Send stretches as pairs of seconds, such as [[0, 12.5]]."
NO_SECOND = "Send the second as a number, such as 12.5."


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a video was seen: its seconds, the holes, and whether that is all."""

    seen: Decimal
    holes: Spans
    whole: bool


def read_second(value: object) -> Decimal:
    """Read a place in a video, in hundredths, not before its beginning.

    Raises:
        ValueError: it is no number; the sentence says what to send.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError(NO_SECOND)
    try:
        # What a player counts with is a float; hundredths of it are exact from here on.
        found = Decimal(str(value))
        return max(found.quantize(STEP, ROUND_HALF_UP), NOTHING)
    except InvalidOperation as fault:
        raise ValueError(NO_SECOND) from fault


def read_spans(value: object) -> Spans:
    """Read stretches as a player sends them.

    Raises:
        ValueError: they are none; the sentence says what to send.
    """
    if not isinstance(value, list) or len(value) > MOST_SPANS:
        raise ValueError(NO_SPANS)
    found = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != PAIR:
            raise ValueError(NO_SPANS)
        try:
            found.append((read_second(pair[0]), read_second(pair[1])))
        except ValueError as fault:
            raise ValueError(NO_SPANS) from fault
    return tuple(found)


def joined(spans: Iterable[Sequence[Decimal]], *, seconds: Decimal) -> Spans:
    """Join stretches that touch, in order, cut to a video's length."""
    found: list[tuple[Decimal, Decimal]] = []
    for first, last in sorted((each[0], min(each[1], seconds)) for each in spans):
        if last <= first:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def coverage(spans: Spans, *, seconds: Decimal, unwatched: Decimal) -> Coverage:
    """Say how much of a video joined stretches are.

    Args:
        spans: as `joined` gives them.
        seconds: how long the video is.
        unwatched: how many seconds may be missing.
    """
    seen = sum((last - first for first, last in spans), NOTHING)
    ends = [NOTHING, *(last for _, last in spans)]
    starts = [*(first for first, _ in spans), seconds]
    gaps = zip(ends, starts, strict=True)
    holes = tuple((end, start) for end, start in gaps if start > end)
    return Coverage(seen, holes, whole=seconds - seen <= unwatched)


def clock_words(second: Decimal) -> str:
    """Spell a place in a video: 1:05, 1:02:05."""
    minutes, rest = divmod(int(second), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
