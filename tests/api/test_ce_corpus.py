"""The whole list of files, sent over REST: the bad leave nothing, the rest is taken."""

from pathlib import Path
from resource import struct_rusage

import pytest
from django.core.files.storage import default_storage

from ce_credits.models import Proof
from core.models import AuditEntry
from tests.api.asking import FORM, Caller, problem, tail_of
from tests.api.asking import form as form_of
from tests.api.reporting import begun, row_of
from tests.cast import Cast
from tests.files.conftest import seconds, spent, stored
from tests.files.corpus import BAD, GOOD, ODD

__all__ = ["spent"]
pytestmark = [pytest.mark.usefixtures("shelf"), pytest.mark.db]


def name_in_a_form(name: str) -> str:
    """A file's name as browsers write it into a form's head."""
    for sign in '"\r\n':
        name = name.replace(sign, f"%{ord(sign):02X}")
    return name


def test_of_sixty_bad_files_none_comes_in_and_none_breaks_anything(
    own: Caller, cast: Cast, shelf: Path, spent: list[struct_rusage]
) -> None:
    made = begun(own, cast)
    entries = AuditEntry.objects.count()
    for sample in BAD:
        answer = own.upload(
            tail_of(made, "proofs"), sample.make(), name_in_a_form(sample.name)
        )
        said = problem(answer, 422, "file-rejected")
        assert said["errors"][0]["code"] == sample.code, sample
        assert sample.says in said["detail"], sample
        assert said["detail"].endswith("."), sample
    assert not Proof.objects.filter(activity=row_of(made)).exists()
    assert not stored(shelf)
    assert AuditEntry.objects.count() == entries
    # Most never meet a child: what they are is seen before.
    assert len(spent) > 20
    assert all(seconds(usage) < 5 for usage in spent)


def test_odd_and_good_files_come_in_harmless_under_harmless_names(
    own: Caller, cast: Cast, shelf: Path
) -> None:
    for sample in [*ODD, *GOOD]:
        made = begun(own, cast)
        answer = own.upload(
            tail_of(made, "proofs"), sample.make(), name_in_a_form(sample.name)
        )
        assert answer.status_code == 201, (sample, answer.content)
        proof = Proof.objects.get(activity=row_of(made))
        with default_storage.open(proof.file_key) as file:
            content = file.read()
        for hidden in (b"<script>", b"<?php", b"Exif", b"PK\x03\x04"):
            assert hidden not in content or sample in GOOD, sample
        back = own.get(tail_of(made, "proofs", answer.json()["id"]))
        assert b"".join(back) == content
        assert back.headers["Content-Disposition"].startswith("attachment; filename=")
        assert back.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert not set(proof.name) & set('/\\\r\n\0"\u202e'), sample
    assert len(stored(shelf)) == len(ODD) + len(GOOD)


def test_a_name_that_says_nul_in_another_spelling_is_refused_too(
    own: Caller, cast: Cast
) -> None:
    made = begun(own, cast)
    body = form_of(("file", "x", ODD[0].make()))
    spelled = body.replace(b'filename="x"', b"filename*=UTF-8''proof.php%00.jpg")
    answer = own.send("POST", tail_of(made, "proofs"), spelled, media=FORM)
    said = problem(answer, 422, "file-rejected")
    assert said["errors"][0]["code"] == "name"
