"""The house keeps its rules, and each rule finds what it is there to find."""

import pytest

from tests.lint import size
from tests.lint.exemptions import EXEMPT
from tests.lint.samples import SAMPLES
from tests.lint.source import HOUSE, Rule, Source, project

EVERYWHERE = (*HOUSE, "deploy", "tests")
RULES = [pytest.param(rule, id=rule.__name__) for rule in SAMPLES]
CASES = [
    pytest.param(rule, path, code, expected, id=f"{rule.__name__}-{kind}-{place}")
    for rule, samples in SAMPLES.items()
    for kind, expected, group in (
        ("found", True, samples.bad),
        ("left alone", False, samples.good),
    )
    for place, (path, code) in enumerate(group)
]


@pytest.mark.parametrize(("rule", "path", "code", "expected"), CASES)
def test_a_rule_finds_what_it_is_for(
    rule: Rule, path: str, code: str, *, expected: bool
) -> None:
    assert bool(list(rule(Source(path, code)))) is expected


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    sized = rule in (size.long_module, size.long_function)
    found = [
        str(finding)
        for source in project(*(EVERYWHERE if sized else HOUSE))
        if source.path not in EXEMPT[rule]
        for finding in rule(source)
    ]
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("rule", RULES)
def test_no_exemption_outlives_its_reason(rule: Rule) -> None:
    still = {source.path for source in project(*EVERYWHERE) if list(rule(source))}
    assert set(EXEMPT[rule]) <= still


def test_the_rules_read_every_app() -> None:
    apps = {source.app for source in project(*HOUSE)}
    assert {"core", "accounts", "portal", "config"} <= apps


def test_a_package_has_the_layer_of_its_name() -> None:
    layers = {
        "portal/views/people.py": "views",
        "accounts/services.py": "services",
        "portal/management/commands/scenario.py": "management",
        "core/actor.py": "",
    }
    assert layers == {path: Source(path, "").layer for path in layers}
