"""What a reported activity says, as the rules take it."""

from collections.abc import Mapping

from ce_credits.models import Activity
from ce_credits.rules import ActivityInput, activity_input, as_given, only_asked
from credentials.policy import policy_for


def input_of(
    activity: Activity,
    *,
    minutes: object = None,
    inputs: Mapping[str, object] | None = None,
) -> ActivityInput:
    """Take a reported activity as the rules judge it.

    Args:
        minutes: what staff read from the proof; None leaves what was reported.
        inputs: what else they correct, by name; the others stay as reported.
    """
    return activity_input(
        activity.kind,
        activity.day,
        minutes=activity.minutes if minutes is None else minutes,
        title=activity.title,
        extras=inputs_with(activity, inputs or {}),
    )


def inputs_with(activity: Activity, inputs: Mapping[str, object]) -> dict[str, object]:
    """Give what the activity's kind asks, with what staff correct of it."""
    kind = policy_for(activity.program, on=activity.day).kind(activity.kind)
    kept = only_asked(kind, as_given(activity.inputs))
    return {**kept, **only_asked(kind, inputs)}
