"""Whatever is published is listed with those who react to it, and nothing else is."""

import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import import_string

from tests.lint.source import APPS, project

OURS = [source for source in project(*APPS) if source.path != "core/events.py"]


def events() -> Iterator[type]:
    """Give every class of every `<app>/events.py`."""
    for source in OURS:
        if source.path.endswith("/events.py"):
            name = source.path.removesuffix(".py").replace("/", ".")
            for _, found in inspect.getmembers(import_module(name), inspect.isclass):
                if found.__module__ == name:
                    yield found


def published() -> Iterator[str]:
    """Give the dotted name of each class that some code publishes."""
    for source in OURS:
        for node in source.calls("core.events.publish"):
            for given in node.args:
                yield source.dotted(getattr(given, "func", given))


def test_every_event_has_a_reaction() -> None:
    reactions = import_string(settings.REACTIONS)
    without = [event.__qualname__ for event in events() if not reactions.get(event)]
    assert not without


def test_events_are_frozen() -> None:
    found = list(events())
    assert found
    for event in found:
        assert dataclasses.is_dataclass(event)
        assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_every_event_is_published_where_it_is_made() -> None:
    names = {f"{event.__module__}.{event.__qualname__}" for event in events()}
    assert set(published()) == names


def test_a_reaction_table_lists_events_only() -> None:
    assert set(import_string(settings.REACTIONS)) == set(events())
