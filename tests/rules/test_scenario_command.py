"""`manage.py scenario`: its lines, its closing sentence and its exit status."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.rules.packs_of_tests import INVENTED, bent

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
YEAR = SCENARIOS / "acmss-year.toml"
BANDS = SCENARIOS / "acmss-bands.toml"
GUILD = Path(__file__).parent / "scenarios" / "guild-story.toml"


def run(*words: str | Path) -> tuple[int, list[str], str]:
    """Run the command: exit status, lines, and what went to the error stream."""
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("scenario", *map(str, words), stdout=out, stderr=err)
    except SystemExit as end:
        status = int(end.code or 0)
    return status, out.getvalue().splitlines(), err.getvalue()


def test_all_pass() -> None:
    status, lines, err = run(BANDS, YEAR)
    assert (status, err) == (0, "")
    assert lines[-1] == "19 passed, 0 failed"
    assert len(lines) == 20
    assert all(line.startswith("ok ") for line in lines[:-1])
    assert "45 min -> 1.0 CME" in run(SCENARIOS / "acmss-inputs.toml")[1][0]


def test_one_fails(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = YEAR.read_text(encoding="utf-8").replace("earned = 3.0", "earned = 4.0")
    wrong.write_text(text, encoding="utf-8")
    status, lines, _ = run(wrong, BANDS)
    assert status == 1
    assert lines[-1] == "18 passed, 1 failed"
    (failure,) = (line for line in lines if line.startswith("FAIL"))
    assert failure.startswith("FAIL want earned = 4.0 got earned = 3.0 in ")
    assert "A3: 3.0 of 3.0 CME in the term Dec 1, 2023 to Nov 30, 2024" in failure


def test_a_file_that_is_no_scenario_is_named_and_the_others_run(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[[awards]]\nfoo = 1\n", encoding="utf-8")
    status, lines, err = run(bad, BANDS)
    assert status == 1
    assert lines[-1] == "12 passed, 1 failed"
    for text in (lines[0], err):
        assert "bad.toml: awards[1].foo: unknown key" in text


def test_why_prints_the_whole_reasoning() -> None:
    _, lines, _ = run(YEAR, "--why")
    text = "\n".join(lines)
    assert "2024-03-04 A4: 60 min -> 1.0 CME" in text
    assert "2024-11-25 A1: Renewal applied on Nov 25, 2024" in text
    assert "A10 (ruling):" in text
    assert lines[-1] == "7 passed, 0 failed"
    _, awards, _ = run(BANDS, "--why")
    assert any(line.strip().startswith("A5 (ruling):") for line in awards)


def test_packs_of_another_folder(tmp_path: Path) -> None:
    assert run(GUILD)[0] == 1
    assert run(GUILD, "--policies", INVENTED)[0] == 0
    later = bent("acmss", {"effective = 2017-01-01": "effective = 2024-12-01"})
    bent_band = later.replace("credits = 0.5", "credits = 0.75")
    (tmp_path / "acmss-2024-12-01.toml").write_text(bent_band, encoding="utf-8")
    status, lines, _ = run(BANDS, YEAR, "--policies", tmp_path)
    assert status == 1
    assert lines[-1] == "16 passed, 3 failed"


def test_a_wrong_pack_stops_it(tmp_path: Path) -> None:
    (tmp_path / "acmss-2024-12-01.toml").write_text("x = 1", encoding="utf-8")
    with pytest.raises(CommandError, match=r"acmss-2024-12-01\.toml: program: is mis"):
        run(YEAR, "--policies", tmp_path)
