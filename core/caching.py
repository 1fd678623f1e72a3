"""The cache that every process shares: Redis, which may be away, or files."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import structlog
from django.core.cache import cache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.retry import Retry

from core.absence import Absence

logger = structlog.get_logger(__name__)
Asked = ParamSpec("Asked")
Found = TypeVar("Found")

REDIS = Absence("cache")
# A connection that a restart cut is made anew; silence is not waited for twice.
ONCE_MORE = Retry(NoBackoff(), 1, (NoConnection,))
# Long enough for every thread of one machine to get its turn at the numbers.
TURN_SECONDS = 2
COUNTS = "counts.sqlite3"
TABLE = """CREATE TABLE IF NOT EXISTS counts
    (name TEXT PRIMARY KEY, used INTEGER NOT NULL, until REAL NOT NULL) WITHOUT ROWID"""
SO_MANY_MORE = """INSERT INTO counts VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET used = used + excluded.used RETURNING used"""
OVER = "DELETE FROM counts WHERE until < ?"


def count(name: str, *, seconds: int, now: int, more: int = 1) -> int:
    """Add to a number that all processes share and return it; none is lost.

    A name's number starts at 0, rises by `more` (1 or above) and is forgotten
    `seconds` after the instant `now`, in seconds of Unix time. Where nobody can count,
    the answer is 0: what is limited goes on, and the log says why.
    """
    counter = caches["default"]
    if isinstance(counter, FileCache):
        return counter.count(name, seconds=seconds, now=now, more=more)
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name, more)
    except ValueError:
        return 0


class FileCache(FileBasedCache):
    """Files of one machine, sure where Django's own lose what is done at once."""

    _dir: str

    def add(
        self,
        key: object,
        value: object,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Store a value unless there is one; of many at once, one alone hears True."""
        with (self._folder() / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return super().add(key, value, timeout, version)

    def count(self, name: str, *, seconds: int, now: int, more: int = 1) -> int:
        """Add to a number and return it; 0 where the numbers can't be used."""
        try:
            with self._counts() as counts:
                row = counts.execute(
                    SO_MANY_MORE, (name, more, now + seconds)
                ).fetchone()
                used = int(row[0])
                if used == more:
                    counts.execute(OVER, (now,))
                return used
        except (sqlite3.Error, OSError) as error:
            logger.warning("requests go uncounted", error=str(error))
            if not isinstance(error, sqlite3.OperationalError | OSError):
                # Cut short by a power failure: it begins anew.
                self._forget_counts()
            return 0

    def clear(self) -> None:
        """Forget every value and every number."""
        super().clear()
        self._forget_counts()

    @contextmanager
    def _counts(self) -> Iterator[sqlite3.Connection]:
        # Opened for each use: deleting the folder resets the numbers.
        place = self._folder() / COUNTS
        opened = sqlite3.connect(place, timeout=TURN_SECONDS, isolation_level=None)
        with closing(opened) as counts:
            # The numbers of a minute need not survive the machine.
            counts.execute("PRAGMA synchronous = OFF")
            counts.execute(TABLE)
            yield counts

    def _forget_counts(self) -> None:
        (self._folder() / COUNTS).unlink(missing_ok=True)

    def _folder(self) -> Path:
        folder = Path(self._dir)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def _forgiving(
    ask: Callable[Asked, Found], away: Callable[Asked, Found]
) -> Callable[Asked, Found]:
    """Ask the server; answer as `away` does while there is none."""

    @wraps(ask)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        if not REDIS.lasts:
            try:
                return ask(*args, **kwargs)
            except RedisError as error:
                REDIS.begin(error)
        return away(*args, **kwargs)

    return asked


def _no_number(*args: object, **kwargs: object) -> NoReturn:
    raise ValueError("the cache is away")


class ForgivingClient(RedisCacheClient):
    """A server that is away is an empty cache that keeps nothing, not an error."""

    # True: whoever waits until a lock can be stored would wait in vain.
    add = _forgiving(RedisCacheClient.add, lambda *args: True)
    get = _forgiving(RedisCacheClient.get, lambda self, key, default: default)
    set = _forgiving(RedisCacheClient.set, lambda *args: None)
    touch = _forgiving(RedisCacheClient.touch, lambda *args: False)
    delete = _forgiving(RedisCacheClient.delete, lambda *args: False)
    get_many = _forgiving(RedisCacheClient.get_many, lambda *args: {})
    has_key = _forgiving(RedisCacheClient.has_key, lambda *args: False)
    incr = _forgiving(RedisCacheClient.incr, _no_number)
    set_many = _forgiving(RedisCacheClient.set_many, lambda *args: None)
    delete_many = _forgiving(RedisCacheClient.delete_many, lambda *args: None)
    clear = _forgiving(RedisCacheClient.clear, lambda *args: False)


class RedisCache(DjangoRedisCache):
    """Django's cache in Redis, whose loss slows and breaks no page."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        """Take the addresses and settings; nothing is asked yet."""
        options = {"retry": ONCE_MORE, **params.get("OPTIONS", {})}
        super().__init__(server, params | {"OPTIONS": options})
        self._class = ForgivingClient
