"""Marks of what one person has: their terms, certificates and figures.

Filled in at once, as those of `gs` are: a record shows all of them on one page.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString

from portal.templatetags.gs import NOTHING, filled, joined, status_tag

if TYPE_CHECKING:
    from portal.queries.holding import CertificateRow, TermRow
    from portal.queries.learning import Trio
    from portal.queries.record_mails import Mailed
    from portal.queries.shown import Measure, Quality

register = template.Library()
TERM = (
    '<tr><th scope="row">{first} to {last}</th> '
    '<td data-label="Renewal date">{renewal}</td> '
    '<td data-label="Applied">{applied}</td> '
    '<td data-label="Certificate">{tag}{opening}{why}</td></tr>'
)
OPENING = (
    ' <a href="{}">Open<span class="visually-hidden"> the certificate for {} to {}'
    "</span></a>"
)
WAITS = ' <span class="gs-small gs-muted d-block">{}</span>'
CERTIFICATE = (
    '<li class="gs-row-split"><div><p class="gs-row-title">{title} {tag}</p> '
    '<p class="gs-reason"><span class="gs-mono">{number}</span>, '
    '{attestation}{term}</p></div><div class="gs-actions">{links}</div></li>'
)
ATTESTATION = 'attestation <span class="gs-mono">{}</span>, '
DOWNLOAD = (
    '<a class="gs-btn gs-btn-sm" href="{}"><i class="gs-i gs-i-download" '
    'aria-hidden="true"></i>Download PDF<span class="visually-hidden"> of {}</span>'
    "</a> "
)
VERIFY = '<a href="{}">Verify page<span class="visually-hidden"> of {}</span></a>'
MAIL = '<li><p>{} {}</p> <p class="gs-small gs-muted">{}</p></li>'
PAIR = "<div><dt>{}</dt> <dd>{}</dd></div>"
ASSIGNED = (
    '<li class="d-flex gap-3 align-items-center"><i class="gs-q gs-c-{} gs-i-{} '
    'gs-s-{}" aria-hidden="true"></i> {}</li>'
)
MEASURE = (
    '<div class="gs-measure"><div class="gs-measure-top"><span id="m-{id}">{label}'
    "</span> <span><b>{done}</b> of {of}</span></div>"
    '<progress class="gs-progress" aria-labelledby="m-{id}" value="{value}" '
    'max="{max}">{done} of {of}</progress></div>'
)
TRIO = (
    '<dl class="gs-trio"><div><dt>Completed</dt> <dd class="gs-figure">{completed}</dd>'
    " <dd>{completed_why}</dd></div> "
    '<div><dt>Applied</dt> <dd class="gs-figure">{applied}</dd> <dd>{applied_why}</dd>'
    "</div> <div{need}><dt>Still needed</dt> "
    '<dd class="gs-figure">{needed}</dd> <dd>{needed_why}</dd></div></dl>'
)
NEED = SafeString(' class="gs-trio-need"')


@register.simple_tag
def term_lines(terms: Iterable["TermRow"]) -> SafeString:
    """Terms as rows of a table, each with what became of its certificate."""
    return joined([_term(term) for term in terms])


def _term(term: "TermRow") -> SafeString:
    url, span = term.certificate_url, (term.first_text, term.last_text)
    return filled(
        TERM,
        first=term.first_text,
        last=term.last_text,
        renewal=term.renewal_text,
        applied=term.applied_text,
        tag=status_tag(term.certificate.tone, term.certificate.word),
        opening=filled(OPENING, url, *span) if url else NOTHING,
        why=filled(WAITS, term.certificate_why) if term.certificate_why else NOTHING,
    )


@register.simple_tag
def certificate_lines(certificates: Iterable["CertificateRow"]) -> SafeString:
    """Certificates with their state and the ways to each."""
    return joined([_certificate(each) for each in certificates])


def _certificate(certificate: "CertificateRow") -> SafeString:
    attested = certificate.attestation
    return filled(
        CERTIFICATE,
        title=certificate.title,
        tag=status_tag(certificate.tag.tone, certificate.tag.word),
        number=certificate.number,
        attestation=filled(ATTESTATION, attested) if attested else NOTHING,
        term=certificate.term_text,
        links=certificate_links(certificate),
    )


@register.simple_tag
def certificate_links(certificate: "CertificateRow") -> SafeString:
    """Ways to one certificate; no PDF while it is prepared."""
    number, ways = certificate.number, []
    if certificate.pdf_url:
        ways.append(filled(DOWNLOAD, certificate.pdf_url, number))
    if certificate.verify_url:
        ways.append(filled(VERIFY, certificate.verify_url, number))
    return joined(ways)


@register.simple_tag
def mail_lines(mails: Iterable["Mailed"]) -> SafeString:
    """What was written to somebody, and how it went."""
    return joined(
        [
            filled(
                MAIL,
                mail.title,
                status_tag(mail.tag.tone, mail.tag.word),
                mail.when_text,
            )
            for mail in mails
        ]
    )


@register.simple_tag
def fact_pairs(facts: Iterable[tuple[str, str]]) -> SafeString:
    """Facts of somebody, each with its label; an address keeps its lines."""
    return joined([filled(PAIR, label, _lines(value)) for label, value in facts])


def _lines(value: str) -> str:
    broken = "\n" in value or "\r" in value
    return SafeString(linebreaksbr(value)) if broken else value


@register.simple_tag
def assigned_lines(qualities: Iterable["Quality"]) -> SafeString:
    """Somebody's qualities, each with its icon and its words."""
    return joined(
        [filled(ASSIGNED, q.colour, q.icon, q.state, q.text) for q in qualities]
    )


@register.simple_tag
def progress(measure: "Measure") -> SafeString:
    """A bar: what is there of what is asked."""
    return filled(
        MEASURE,
        id=measure.id,
        label=measure.label,
        done=measure.done,
        of=measure.of,
        value=measure.value,
        max=measure.max,
    )


@register.simple_tag
def trio(totals: "Trio") -> SafeString:
    """The three totals, each with a short why."""
    return filled(
        TRIO,
        completed=totals.completed,
        completed_why=totals.completed_why,
        applied=totals.applied,
        applied_why=totals.applied_why,
        need=NEED if totals.short else NOTHING,
        needed=totals.needed,
        needed_why=totals.needed_why,
    )
