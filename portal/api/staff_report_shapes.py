"""Staff's reports as the API describes them."""

from rest_framework import serializers

from core.rest import IdField
from renewals.rules import STANDINGS
from renewals.rules.cycles import CYCLE_STANDINGS
from renewals.rules.outcomes import CYCLE_OUTCOMES, TERM_OUTCOMES

DRAW_PREFIX = "drw"
MONTH = r"^[0-9]{4}-[0-9]{2}$"
EVERY_STANDING = tuple(dict.fromkeys((*CYCLE_STANDINGS, *STANDINGS)))
EVERY_OUTCOME = tuple(dict.fromkeys((*CYCLE_OUTCOMES, *TERM_OUTCOMES)))


class Months(serializers.Serializer):
    """Which months a report is of, and of which day what it says is known."""

    through = serializers.RegexField(MONTH)
    as_of = serializers.DateField()
    credential = serializers.CharField(help_text="Empty for any credential.")

    def get_fields(self) -> dict[str, serializers.Field]:
        """Add `from`, which is no name that a class may give."""
        return {"from": serializers.RegexField(MONTH), **super().get_fields()}


class StandingCount(serializers.Serializer):
    """How many stand so."""

    standing = serializers.ChoiceField(choices=EVERY_STANDING)
    count = serializers.IntegerField()


class StandingMonth(serializers.Serializer):
    """A credential's holders on the day that stands for a month."""

    month = serializers.RegexField(MONTH)
    day = serializers.DateField()
    credential = serializers.CharField()
    total = serializers.IntegerField()
    in_good_standing = serializers.IntegerField()
    standings = StandingCount(many=True)


class StandingReport(Months):
    """Good standing, month by month and credential by credential."""

    months = StandingMonth(many=True)


class OutcomeCount(serializers.Serializer):
    """How many ended so."""

    outcome = serializers.ChoiceField(choices=EVERY_OUTCOME)
    count = serializers.IntegerField()


class RenewalMonth(serializers.Serializer):
    """What ended in a month."""

    month = serializers.RegexField(MONTH)
    ended = serializers.IntegerField()
    outcomes = OutcomeCount(many=True)
    went_on = serializers.IntegerField()
    did_not_go_on = serializers.IntegerField()
    attrition_percent = serializers.DecimalField(
        4, 1, allow_null=True, help_text="Null where nothing ended, or not yet."
    )


class RenewalsReport(Months):
    """Renewals and attrition, month by month."""

    months = RenewalMonth(many=True)


class AuditMonth(serializers.Serializer):
    """Audits that were opened in a month by one draw, or by hand."""

    month = serializers.RegexField(MONTH)
    draw = IdField(DRAW_PREFIX, allow_null=True)
    audits = serializers.IntegerField()
    answered = serializers.IntegerField()
    closed = serializers.IntegerField()
    submissions = serializers.IntegerField()
    verified = serializers.IntegerField()
    not_accepted = serializers.IntegerField()
    undecided = serializers.IntegerField()


class AuditsReport(Months):
    """Audits, month by month and draw by draw."""

    months = AuditMonth(many=True)


class CreditMonth(serializers.Serializer):
    """What was done of a kind in a month and reported."""

    month = serializers.RegexField(MONTH)
    kind = serializers.CharField(help_text="Its code in the body's policy.")
    reported = serializers.IntegerField()
    approved = serializers.IntegerField()
    not_accepted = serializers.IntegerField()
    needs_information = serializers.IntegerField()
    waiting = serializers.IntegerField()
    minutes = serializers.IntegerField()
    credits = serializers.DecimalField(10, 2, help_text="What counts of it today.")


class CreditsReport(Months):
    """What people report, month by month and kind by kind."""

    months = CreditMonth(many=True)
