"""docs/policy.md names every section there is, and its walk-through works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
PACKS = sorted((ROOT / "credentials" / "policies").glob("*.toml"))
WALK = TEXT.partition("## Write a pack and its scenarios")[2]


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_section_and_key_of_a_pack_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sections = set(re.findall(r"^(\[+[a-z_.]+\]+)$", text, re.MULTILINE))
    keys = set(re.findall(r"^([a-z_]+) =", text, re.MULTILINE))
    everywhere = {"rule", "source", "ruling", "sentence"}
    codes = {"[sources]"}
    assert {each for each in sections - codes if f"`{each}`" not in TEXT} <= {
        "[bands.beyond]",
        "[[bands.rows]]",
        "[[bands.gaps]]",
    }
    assert {key for key in keys - everywhere if f"`{key}" not in TEXT} == set()


def test_the_walk_through_works(tmp_path: Path) -> None:
    for name in ("credentials", "tests", "manage.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    steps = re.findall(r"^```(sh|toml)\n(.*?)^```$", WALK, re.MULTILINE | re.DOTALL)
    said = []
    for language, block in steps:
        if language == "toml":
            (tmp_path / "late-fee.toml").write_text(block, encoding="utf-8")
        else:
            said.append(_run(block, tmp_path))
    assert [language for language, _ in steps] == ["sh", "toml", "sh", "sh"]
    assert "N5: Late application: $40.00" in said[1]
    assert said[1].splitlines()[-1] == "2 passed, 0 failed"
    assert said[2].splitlines()[-1].endswith(" passed, 0 failed")


def _run(block: str, folder: Path) -> str:
    """Run a block of commands as a person would, with this interpreter."""
    done = subprocess.run(  # noqa: S603 - our own document
        ["/bin/sh", "-ec", block.replace("python3 ", f"{sys.executable} ")],
        cwd=folder,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return done.stdout
