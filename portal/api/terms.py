"""How a term and its certificate's state are spelled."""

from typing import Any

from rest_framework import serializers

from core import public_ids
from core.rest import IdField
from credentials.policy import credit_words
from portal.queries.roster import TermOf


class Reason(serializers.Serializer):
    """One step of a decision."""

    rule = serializers.CharField()
    text = serializers.CharField()
    ruling = serializers.BooleanField(
        help_text="True where the published texts leave the point open."
    )


class CertificateState(serializers.Serializer):
    """What became of the certificate of the newest term, and why."""

    state = serializers.ChoiceField(choices=("held", "issued"))
    have = serializers.DecimalField(8, 2, help_text="Credits when it was decided.")
    need = serializers.DecimalField(8, 2, help_text="Credits the closing term asked.")
    why = Reason(many=True)
    id = IdField("crt", allow_null=True, help_text="The certificate, once issued.")


class Term(serializers.Serializer):
    """The newest term."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    certificate = CertificateState(allow_null=True)


def term_shown(term: TermOf) -> dict[str, Any]:
    """Spell a term out."""
    held = term.certificate
    return {
        "first_on": term.first_on.isoformat(),
        "last_on": term.last_on.isoformat(),
        "certificate": held
        and {
            "state": held.state,
            "have": credit_words(held.have),
            "need": credit_words(held.need),
            "why": held.why,
            "id": held.certificate_id and public_ids.spell("crt", held.certificate_id),
        },
    }
