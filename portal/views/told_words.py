"""What staff are told of the mail that goes out."""

from accounts.models import Member


def told(member: Member) -> str:
    """Say that a mail tells somebody, or that none can: they have no address."""
    if member.written_to:
        return f"A mail tells {member.name}."
    return f"{member.name} has no e-mail address here, so no mail goes out: tell them."
