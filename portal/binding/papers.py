"""Which papers of a person go into an audit binder."""

from collections.abc import Collection, Iterator
from uuid import UUID

from ce_credits.models import Proof
from certificates.models import Certificate, Opening
from certificates.services import open_papers
from core.actor import Actor
from core.exporting import Work
from core.scope import Scope, scoped
from credentials.policy import day_words
from portal.binding.filling import Paper, file_of
from portal.queries.binder_content import Chapter


def certificate_papers(work: Work, chapter: Chapter, folder: str) -> Iterator[Paper]:
    """Name a person's certificates; whoever asked for the binder opens them by it.

    What was undone before anybody opened it is left out: it never leaves.
    """
    made = {
        each.pk
        for each in chapter.certificates
        if each.paper == Certificate.Paper.READY
    }
    given = _given(work, made)
    for certificate in chapter.certificates:
        ready = certificate.pk in made
        if ready and certificate.pk not in given:
            continue
        yield Paper(
            part="Certificates",
            person=chapter.member.name,
            what=f"Certificate {certificate.number}",
            path=f"{folder}/{certificate.number}",
            key=certificate.file_key if ready else "",
            kind="pdf",
            ours=True,
            sha256=certificate.sha256,
        )


def proof_papers(chapter: Chapter, folder: str) -> Iterator[Paper]:
    """Name a person's proofs, in the order of their activities."""
    count = 0
    for row in chapter.rows:
        for proof in chapter.proofs[row.activity.pk]:
            count += 1
            words = f"{day_words(row.activity.day)}: {row.activity}"
            yield _proof(proof, words, chapter.member.name, folder, count)


def _given(work: Work, made: Collection[UUID]) -> Collection[UUID]:
    actor = Actor(work.job.by, user_id=work.job.user_id, token_id=work.job.token_id)
    with scoped(Scope.sweep()):
        return open_papers(
            actor=actor,
            certificate_ids=made,
            way=Opening.Way.ARCHIVE,
            now=work.now,
        )


def _proof(proof: Proof, words: str, person: str, folder: str, number: int) -> Paper:
    return Paper(
        part="CE proof",
        person=person,
        what=words,
        path=f"{folder}/{file_of(number, proof.name)}",
        key=proof.file_key,
        kind=proof.kind,
        sha256=proof.stored_sha256,
    )
