"""Settings that a demonstration may have and a real portal never."""

from django.core.exceptions import ImproperlyConfigured

from config.environment import flag


def only_in_demo(name: str, *, demo: bool) -> bool:
    """Read a flag that opens what a real portal keeps shut.

    Raises:
        ImproperlyConfigured: it is set outside a demonstration.
    """
    is_set = flag(name, default=False)
    if is_set and not demo:
        raise ImproperlyConfigured(f"{name}=1: only a demonstration (DEMO=1) may.")
    return is_set
