"""Reads how workers are woken: by Redis, else by files in DATA_DIR.

A lost or doubled message is harmless because all work waits as rows; the values keep a
killed worker's task from waiting long. `core.checks` holds whoever changes one to that.
"""

from pathlib import Path
from typing import Any

from config.environment import redis_url

COMMON = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    # Longer than a mail may take, shorter than the visibility below.
    "task_time_limit": 600,
    "task_soft_time_limit": 540,
    # An audit binder of a large practice takes longer than anything else.
    "task_annotations": {
        "core.tasks.make_export": {"time_limit": 840, "soft_time_limit": 780}
    },
    "worker_prefetch_multiplier": 1,
    # Seconds until a killed child is noticed: no result is still on its way.
    "worker_lost_wait": 2,
    "worker_hijack_root_logger": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_timeout": 2,
    "timezone": "UTC",
    "enable_utc": True,
}
REDIS = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 2,
    "socket_connect_timeout": 2,
    "socket_timeout": 3,
    # Of whoever rings a bell; workers come back by another setting.
    "max_retries": 0,
    "interval_start": 0,
}


def celery(data_dir: Path) -> dict[str, Any]:
    """Settings of Celery: Redis as broker, else files in DATA_DIR."""
    url = redis_url()
    if url:
        return {**COMMON, "broker_url": url, "broker_transport_options": REDIS}
    folder = data_dir / "queue"
    messages, control = folder / "messages", folder / "control"
    for each in (messages, control):
        each.mkdir(parents=True, exist_ok=True)
    return {
        **COMMON,
        "broker_url": "filesystem://",
        "broker_transport": "core.file_queue.Transport",
        "broker_transport_options": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": 0.05,
        },
    }
