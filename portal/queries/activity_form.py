"""The page where a holder writes an activity: what is there, and what fills it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import Member
from ce_credits.models import Activity, CatalogueItem, Proof
from credentials.models import Certification
from credentials.policy import Policy, policy_for, programs, zone_of
from portal.queries.activity import ProofRow, newest_reason, proofs_of
from portal.queries.activity_mine import NEXT, activity_url
from portal.queries.activity_quote import Quote
from portal.queries.activity_typed import Typed, minutes_read
from portal.queries.places import in_program
from portal.queries.trail import when_words

MOST_OFFERED = 20
MOST_WORDS = 8
# What a file may say, in the order the form has it.
READABLE = ("title", "on", "minutes")


@dataclass(frozen=True)
class Offer:
    """A catalogue item to pick."""

    code: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Catalogue:
    """What a search among the body's known activities found."""

    q: str
    found: Sequence[Offer]
    more: bool


@dataclass(frozen=True)
class WritingPage:
    """What stands around the form.

    `draft` is the id the activity has, or gets with the first thing that is sent;
    `saves` and `seen` are what the page saw of it; `reason` is why staff sent it back.
    """

    heading: str
    sub: str
    back_url: str
    back: str
    program: str
    draft: str
    saves: int
    seen: int
    saved_text: str
    reason: str
    code: str
    catalogue: Catalogue | None
    proofs: Sequence[ProofRow]
    quote: Quote


def writing_page(
    program: str,
    activity: Activity | None,
    *,
    draft: UUID,
    code: str,
    q: str,
    quote: Quote,
) -> WritingPage:
    """Put together what stands around the form of a new or a known activity.

    Args:
        draft: the id of an activity that has no row yet.
        code: of the catalogue item that filled the form in.
        q: what is searched for in the catalogue.
    """
    policy = policy_for(program, on=date.max)
    sent_back = activity is not None and activity.state != Activity.State.DRAFT
    saved = activity is not None and not sent_back
    return WritingPage(
        heading=_heading(activity),
        sub=_sub(policy),
        back_url=(
            activity_url(activity)
            if activity and sent_back
            else in_program(reverse("me"), program)
        ),
        back="What happened to it" if sent_back else "Where you stand",
        program=program,
        draft=str(activity.pk if activity else draft),
        saves=activity.saves if activity else 0,
        seen=activity.version if activity else 0,
        saved_text=(
            when_words(activity.changed_at, zone_of(program))
            if activity and saved
            else ""
        ),
        reason=newest_reason(activity) if activity and sent_back else "",
        code=code,
        catalogue=catalogue_of(program, policy, q),
        proofs=proofs_of(activity) if activity else (),
        quote=quote,
    )


def _heading(activity: Activity | None) -> str:
    if activity is None or activity.state == Activity.State.DRAFT:
        return "Add CE activity"
    return f"{NEXT[Activity.State(activity.state)]}: {activity}"


def _sub(policy: Policy) -> str:
    if policy.review is None:
        return "A submitted activity counts at once."
    return "A submitted activity counts at once. Staff may ask for more later."


def catalogue_of(program: str, policy: Policy, q: str) -> Catalogue | None:
    """Search what members may pick by words of title or code; None without items.

    Nothing is listed until something is asked for.
    """
    offered = CatalogueItem.objects.of_program(program).offered()
    words = q.split()[:MOST_WORDS]
    if not words:
        return Catalogue("", (), more=False) if offered.exists() else None
    asked = [Q(title__icontains=word) | Q(code__icontains=word) for word in words]
    rows = list(offered.filter(reduce(and_, asked))[: MOST_OFFERED + 1])
    found = [offer_of(row, policy) for row in rows[:MOST_OFFERED]]
    return Catalogue(q, found, more=len(rows) > MOST_OFFERED)


def item_of(
    program: str, code: str, kept: CatalogueItem | None = None
) -> CatalogueItem | None:
    """Find what members may pick by its code; what was `kept` before stays theirs."""
    if not code or (kept and kept.code == code):
        return kept if code else None
    offered = CatalogueItem.objects.of_program(program).offered()
    return offered.filter(code=code).first()


def filled_from(item: CatalogueItem, typed: Typed, policy: Policy) -> dict[str, str]:
    """Fill a form in from the catalogue; everything stays editable.

    Minutes that the title names too are left to it (A7).
    """
    minutes = str(item.minutes or "")
    return {
        **typed,
        "item": item.code,
        "kind": item.kind,
        "title": item.title,
        "minutes": "" if minutes == minutes_read(item.title, policy) else minutes,
        "provider": item.provider or typed.get("provider", ""),
        "topics": " ".join(item.topics) or typed.get("topics", ""),
    }


def begun(member: Member, policy: Policy) -> dict[str, str]:
    """Fill in what is known of a member already, so that nobody is asked twice."""
    if not policy.asks_licence_number:
        return {}
    held = Certification.objects.filter(member=member, program=policy.program)
    number = held.order_by("-earned_on").values_list("number", flat=True).first()
    return {"licence_number": number} if number else {}


def filled_by_files(
    typed: Typed, proofs: Iterable[Proof], policy: Policy
) -> tuple[dict[str, str], list[str]]:
    """Fill empty fields with what files say; return the text and the fields' names.

    Minutes that the title names are not missing: it speaks for itself (A7). Nor are
    they where the kind asks no time.
    """
    filled, names = dict(typed), []
    for proof in proofs:
        for name in READABLE:
            value = str(proof.said.get(name, ""))
            if not value or filled.get(name, "").strip():
                continue
            if name == "minutes" and not _lacks_minutes(filled, policy):
                continue
            filled[name] = value
            names.append(name)
    return filled, names


def _lacks_minutes(typed: Typed, policy: Policy) -> bool:
    kind = policy.kind(typed.get("kind", ""))
    if kind is not None and "minutes" not in kind.inputs:
        return False
    return not minutes_read(typed.get("title", ""), policy)


def marks_of(activity: Activity, typed: Typed) -> dict[str, str]:
    """Name the file that each filled-in field was read from."""
    names = [name for name in activity.read_from_file if typed.get(name)]
    if not names:
        return {}
    proofs = list(activity.proofs.there())
    found = {}
    for name in names:
        said = (each for each in proofs if each.said.get(name) == typed[name])
        proof = next(said, None)
        if proof:
            found[name] = proof.name
    return found


def is_blank(typed: Typed) -> bool:
    """Say whether nothing was typed beside what was filled in from the start."""
    return not any(
        value.strip() for name, value in typed.items() if name != "licence_number"
    )


def still_marked(activity: Activity, typed: Typed) -> list[str]:
    """List the filled-in fields that nobody has edited since."""
    before: Mapping[str, str] = activity.typed
    return [
        name
        for name in activity.read_from_file
        if typed.get(name) and typed.get(name) == before.get(name)
    ]


def offer_of(item: CatalogueItem, policy: Policy) -> Offer:
    """Offer an item to be picked; its address is the form's own."""
    kind = policy.kind(item.kind)
    parts = [kind.label if kind else item.kind, item.code]
    parts += [f"{item.minutes} min"] if item.minutes else []
    parts += [item.provider] if item.provider else []
    parts += [policy.topic_title(code) for code in item.topics]
    query = {"item": item.code}
    if item.program != programs()[0]:
        query["program"] = item.program
    return Offer(item.code, item.title, ", ".join(parts), f"?{urlencode(query)}#fill")
