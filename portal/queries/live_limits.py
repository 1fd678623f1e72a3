"""What somebody is told who typed too many codes."""

TOO_MANY = (
    "Too many codes were typed. No code is taken for now, not even the right one. Try "
    "again in {when}."
)


def wait_words(seconds: float) -> str:
    """Say when a code is taken again."""
    minutes = max(-(-int(seconds) // 60), 1)
    return TOO_MANY.format(when=f"{minutes} minute{'' if minutes == 1 else 's'}")
