"""Checks of the settings: what would fail quietly stops the start, by name."""

from collections.abc import Iterable, Iterator, Sequence

from celery import current_app
from celery.app.utils import Settings
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info
from django.utils.module_loading import import_string
from rest_framework.renderers import JSONRenderer
from rest_framework.settings import api_settings

from core.mail import FolderBackend, SmtpBackend, time_to_hand_over, time_to_settle
from core.problems import handle
from core.rest import Denied, StrictJSONParser

Found = tuple[str, str, bool]


def check_queue(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold the queue to what keeps a killed worker's task, and the beat to UTC."""
    return _errors("core.E10", _queue(current_app.conf))


def check_mail(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold mail to a way of sending that notes what may have left."""
    return _errors("core.E30", _mail(current_app.conf))


def check_rest(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold REST framework to defaults that keep everything shut."""
    return _errors("core.E20", _rest())


def check_files(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Hold files to a server in front that is there; say where no scanner is."""
    said = list(_errors("core.E40", _files()))
    if not settings.CLAMD:
        said.append(
            Info(
                "No virus scanner is set: files are looked into by structure alone.",
                hint="Set CLAMD to clamd's host:3310, or to the path of its socket.",
                id="core.I409",
            )
        )
    return said


def _files() -> Iterator[Found]:
    yield (
        "Files would be left to a server in front, and there is none.",
        "Set BEHIND_PROXY=1 where nginx is in front, or leave FILES_ACCEL out.",
        not settings.FILES_ACCEL or bool(settings.SECURE_PROXY_SSL_HEADER),
    )


def _errors(prefix: str, found: Iterator[Found]) -> list[CheckMessage]:
    return [
        Error(said, hint=hint, id=f"{prefix}{place}")
        for place, (said, hint, right) in enumerate(found, start=1)
        if not right
    ]


def _queue(conf: Settings) -> Iterator[Found]:
    yield (
        "The beat does not keep UTC.",
        "Set CELERY_TIMEZONE to UTC; other zones miss or double an hour twice a year.",
        bool(conf.enable_utc) and str(conf.timezone) == "UTC",
    )
    yield (
        "A killed worker's task would be lost.",
        "Set CELERY_TASK_ACKS_LATE and CELERY_TASK_REJECT_ON_WORKER_LOST.",
        bool(conf.task_acks_late and conf.task_reject_on_worker_lost),
    )
    hard, soft = conf.task_time_limit or 0, conf.task_soft_time_limit or 0
    yield (
        "A task has no hard time limit above the soft one.",
        "Set CELERY_TASK_TIME_LIMIT above CELERY_TASK_SOFT_TIME_LIMIT.",
        0 < soft < hard,
    )
    yield (
        "A worker takes more than one task at a time.",
        "Set CELERY_WORKER_PREFETCH_MULTIPLIER to 1.",
        conf.worker_prefetch_multiplier == 1,
    )
    # Redis alone hands a task out again after a while; unset, that is an hour.
    options = conf.broker_transport_options or {}
    redis = str(conf.broker_url).startswith(("redis", "unix"))
    yield (
        "A running task could be handed to a second worker.",
        "Set visibility_timeout above CELERY_TASK_TIME_LIMIT and each task's own.",
        not redis
        or options.get("visibility_timeout", 0) > max(hard, *_own_limits(conf)),
    )
    # kombu looks for a lost worker's tasks at every tenth of its rounds, unless told.
    yield (
        "A lost worker's task would wait for minutes.",
        "Set unacked_restore_throttle to 1.",
        not redis or options.get("unacked_restore_throttle") == 1,
    )
    yield _results(conf)


def _results(conf: Settings) -> Found:
    return (
        "Results are kept that nobody reads.",
        "Leave CELERY_RESULT_BACKEND out and set CELERY_TASK_IGNORE_RESULT.",
        bool(conf.task_ignore_result) and not conf.result_backend,
    )


def _own_limits(conf: Settings) -> Iterator[int]:
    yield 0
    for each in (conf.task_annotations or {}).values():
        yield each.get("time_limit", 0)


def _mail(conf: Settings) -> Iterator[Found]:
    backend = import_string(settings.EMAIL_BACKEND)
    yield (
        "A killed worker's mail could be sent twice.",
        "Set EMAIL_URL, and no EMAIL_BACKEND but core's.",
        issubclass(backend, SmtpBackend | FolderBackend),
    )
    longest = (time_to_hand_over() + time_to_settle()).total_seconds()
    yield (
        "A mail may take longer than its task.",
        "Twelve times EMAIL_TIMEOUT is less than CELERY_TASK_SOFT_TIME_LIMIT.",
        longest < (conf.task_soft_time_limit or 0),
    )


def _rest() -> Iterator[Found]:
    yield (
        "A REST view that declares nothing would let people in.",
        "Set DEFAULT_PERMISSION_CLASSES to core's Denied.",
        _only(api_settings.DEFAULT_PERMISSION_CLASSES, Denied),
    )
    yield (
        "REST knows nobody: it has no way to sign in.",
        "Set DEFAULT_AUTHENTICATION_CLASSES.",
        bool(api_settings.DEFAULT_AUTHENTICATION_CLASSES),
    )
    yield (
        "REST reads more than strict JSON.",
        "Set DEFAULT_PARSER_CLASSES to core's StrictJSONParser.",
        _only(api_settings.DEFAULT_PARSER_CLASSES, StrictJSONParser),
    )
    yield (
        "REST answers in more than JSON.",
        "Set DEFAULT_RENDERER_CLASSES to REST framework's JSONRenderer.",
        _only(api_settings.DEFAULT_RENDERER_CLASSES, JSONRenderer),
    )
    yield (
        "An error of REST is no problem+json.",
        "Set EXCEPTION_HANDLER to core.problems.handle.",
        api_settings.EXCEPTION_HANDLER is handle,
    )


def _only(found: Iterable[object], wanted: type) -> bool:
    return list(found) == [wanted]
