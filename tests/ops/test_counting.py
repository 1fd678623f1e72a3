"""Numbers in a file: forgotten when their time is over, begun anew when broken."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from core.caching import COUNTS, count


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Keep the cache in a folder of the test."""
    backend = "core.caching.FileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    return tmp_path / "cache"


def test_a_number_is_forgotten_once_another_begins_after_its_time(folder: Path) -> None:
    assert [count("a", seconds=10, now=100) for _ in range(2)] == [1, 2]
    assert count("b", seconds=10, now=110) == 1
    assert count("a", seconds=10, now=110) == 3
    assert count("c", seconds=10, now=111) == 1
    assert count("a", seconds=10, now=111) == 1


def test_a_broken_file_lets_one_pass_and_begins_anew(folder: Path) -> None:
    assert count("a", seconds=10, now=100) == 1
    (folder / COUNTS).write_bytes(b"no database, whatever its name says" * 99)
    assert [count("a", seconds=10, now=100) for _ in range(3)] == [0, 1, 2]


def test_clearing_the_cache_forgets_numbers_too(folder: Path) -> None:
    assert count("a", seconds=10, now=100) == 1
    cache.clear()
    assert count("a", seconds=10, now=100) == 1


def test_a_deleted_folder_is_made_again(folder: Path) -> None:
    assert count("a", seconds=10, now=100) == 1
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert count("a", seconds=10, now=100) == 1
    assert cache.add("lock", "held")
    assert not cache.add("lock", "held")
