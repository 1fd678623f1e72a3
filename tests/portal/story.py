"""The demonstration's story, told in this process."""

from io import StringIO

from django.core.management import call_command


def demo(*options: str) -> str:
    """Run the command and give what it says."""
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()
