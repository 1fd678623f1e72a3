"""Which days an audit binder is about, and whom."""

from collections.abc import Mapping

from django import forms

from core.plain_forms import PlainForm
from portal.queries.binder_people import ONLY, Chosen, Period


class BinderForm(PlainForm):
    """The days and the filter of people; what isn't said is as usual."""

    from_on = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"})
    )
    only = forms.ChoiceField(label="Who", choices=ONLY, required=False)
    q = forms.CharField(label="Name", max_length=100, required=False)

    def __init__(self, data: Mapping[str, str], usual: Period) -> None:
        """Read what was sent; without it, the usual days."""
        first = {
            "from_on": usual.from_on.isoformat(),
            "until_on": usual.until_on.isoformat(),
        }
        known = {name: data[name] for name in self.base_fields if name in data}
        super().__init__({**first, **known})

    @property
    def chosen(self) -> Chosen:
        """What was chosen."""
        said = self.cleaned_data
        return Chosen(
            Period(said["from_on"], said["until_on"]), said["only"], said["q"]
        )
