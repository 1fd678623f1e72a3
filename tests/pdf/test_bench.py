"""`manage.py bench`: it runs by name, ends with the ratio, and knows what there is."""

import re

import pytest
from django.core.management import CommandError, call_command


def test_the_last_line_is_the_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "certs", "--n", "2")
    *_, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"ratio: \d+\.\dx", last)


@pytest.mark.parametrize("name", ["nothing", "../../etc/passwd", "os.path", "Certs"])
def test_an_unknown_benchmark_is_refused(name: str) -> None:
    with pytest.raises(CommandError, match="no tests/bench"):
        call_command("bench", name)
