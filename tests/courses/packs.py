"""Courses as ZIPs for tests: samples, and what is wrong with one."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File

from courses.models import CourseVersion
from courses.samples import sample_zip
from courses.services import import_course, publish_version
from tests.cast import BODY, NOW, TESTER, TODAY

HIPAA = "hipaa-for-scribes"
FILES_AT = "/files/"
SHOWN = re.compile(rb"^picture(_words)? = .*\n", re.MULTILINE)


def contents(name: str = HIPAA) -> dict[str, bytes]:
    """Give a sample's files, to spoil one of them."""
    with ZipFile(sample_zip(name)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def without_pictures(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what a sample's questions show."""
    kept = {path: each for path, each in files.items() if "pictures/" not in path}
    return kept | {"bank.toml": SHOWN.sub(b"", files["bank.toml"])}


def packed_sample(name: str) -> bytes:
    """Pack a sample as bytes."""
    content: bytes = sample_zip(name).read()
    return content


def packed(files: Mapping[Any, bytes], name: str = "course.zip") -> "File[Any]":
    """Pack files as somebody would send them."""
    room = BytesIO()
    with ZipFile(room, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    room.seek(0)
    return File(room, name=name)


def taken_in(upload: "File[Any] | str" = HIPAA, program: str = BODY) -> CourseVersion:
    """Take a ZIP in, or a sample; its draft."""
    return import_course(
        actor=TESTER,
        program=program,
        upload=sample_zip(upload) if isinstance(upload, str) else upload,
        today=TODAY,
        now=NOW,
    )


def published(upload: "File[Any] | str" = HIPAA, program: str = BODY) -> CourseVersion:
    """Take a ZIP in, or a sample, and publish it."""
    return publish_version(
        actor=TESTER,
        version=taken_in(upload, program),
        files_at=FILES_AT,
        today=TODAY,
        now=NOW,
    )
