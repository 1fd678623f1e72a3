"""Places a rule does not hold, each with the reason. One that is not needed fails."""

from tests.lint import edge, inside, size
from tests.lint.source import Rule

EXEMPT: dict[Rule, dict[str, str]] = {
    edge.clock_inside: {
        "accounts/models/people.py": "A sign-up's real time; no rule reads it.",
        "accounts/passed.py": "How old a sign-in is, read with the request.",
        "accounts/second_forms.py": "A code is right at this moment; allauth asks.",
    },
    edge.unscoped_read: {
        "portal/management/commands/demo.py": "Empties and fills a demonstration.",
        "portal/views/demo.py": "Signs in as one of the demonstration's accounts.",
    },
    edge.write_at_edge: {},
    inside.import_inside: {},
    inside.signals: {},
    inside.delete_rows: {
        "accounts/services/second_factors.py": "What opens an account no more.",
        "accounts/services/sessions.py": "A session ends; the trail says why.",
        "accounts/sessions.py": "Sessions that have ended by themselves.",
        "courses/services/parts.py": "Parts of a draft, which nobody was taught.",
        "courses/services/versions.py": "A draft, which nobody was taught.",
        "core/caching.py": "Numbers of past minutes, in a file of the cache.",
        "core/forgetting.py": "Keys of requests that can't be repeated any more.",
        "renewals/services/tallying.py": "Figures that are worked out anew; the facts "
        "stay.",
        "portal/services/asking.py": "Questions that were answered a year ago.",
        "portal/services/viewing.py": "How staff look at a list; no row of theirs.",
        "notifications/services/noticing.py": "Notices of a year ago.",
        "portal/management/commands/demo.py": "Starts a demonstration over.",
    },
    inside.floats: {},
    inside.services_signature: {},
    inside.body_codes: {
        "portal/demo/courses.py": "Publishes a sample of one body's credit.",
        "portal/demo/roster.py": "Its people are invented for one body.",
    },
    size.long_module: {},
    size.long_function: {},
}
