"""Settings that a demonstration may have and a real portal never."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.environment import env, flag


def only_in_demo(name: str, *, demo: bool) -> bool:
    """Read a flag that opens what a real portal keeps shut.

    Raises:
        ImproperlyConfigured: it is set outside a demonstration.
    """
    is_set = flag(name, default=False)
    if is_set and not demo:
        raise ImproperlyConfigured(f"{name}=1: only a demonstration (DEMO=1) may.")
    return is_set


def mark_of_demo(name: str, *, demo: bool) -> Path | None:
    """Read the path of a file that a demonstration leaves as a mark, or none.

    It asks whoever runs the demonstration for something; without one, nobody looks.

    Raises:
        ImproperlyConfigured: it is set outside a demonstration, or is no absolute path
            of a file.
    """
    value = env.str(name, default="")
    if not value:
        return None
    if not demo:
        raise ImproperlyConfigured(f"{name}: only a demonstration (DEMO=1) may.")
    path = Path(value)
    if not path.is_absolute() or path.is_dir():
        raise ImproperlyConfigured(
            f"{name}={value!r}: write the absolute path of a file."
        )
    return path
