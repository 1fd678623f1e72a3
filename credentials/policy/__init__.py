"""What the certifying bodies ask, as data: policy packs, read and checked.

Pure Python: no Django, no clock, no database. A pack is a TOML file of
`credentials/policies/`; `docs/policy.md` says how one is written.
"""

from credentials.policy.approvals import ApprovalRules
from credentials.policy.bands import Band, Bands, Outcome
from credentials.policy.basis import Basis
from credentials.policy.book import (
    PACKS,
    PolicyBook,
    approval_programs,
    cycle_programs,
    licence_programs,
    live_programs,
    load_book,
    load_pack,
    policy_for,
    programs,
    term_programs,
    versions_of,
    zone_of,
)
from credentials.policy.courses import (
    CoursePaper,
    CourseRules,
    Evaluation,
    EvaluationQuestion,
    Physicians,
    PostTest,
)
from credentials.policy.errors import PlaceError, PolicyError, UnknownProgram
from credentials.policy.exams import Exam, Paper
from credentials.policy.formulas import (
    AcademicFormula,
    BandFormula,
    FlatFormula,
    Formula,
    Kind,
    NeverFormula,
    RateFormula,
    Rounding,
    StaffFormula,
)
from credentials.policy.grounds import Ground
from credentials.policy.limits import Cap, Largest
from credentials.policy.live import LiveRules
from credentials.policy.model import (
    Audit,
    Credential,
    Policy,
    PriceOffer,
    UnitPrice,
)
from credentials.policy.plans import (
    CyclePlan,
    LicencePlan,
    Need,
    NoSuchPlanError,
    Notice,
    Requirement,
    TermPlan,
    YearDay,
)
from credentials.policy.relicensure import Apart, Relicensure, TopicRequirement
from credentials.policy.topics import Topic, codes_of
from credentials.policy.words import (
    credit_words,
    day_words,
    money_words,
    number_words,
    span_words,
)

__all__ = [
    "PACKS",
    "AcademicFormula",
    "Apart",
    "ApprovalRules",
    "Audit",
    "Band",
    "BandFormula",
    "Bands",
    "Basis",
    "Cap",
    "CoursePaper",
    "CourseRules",
    "Credential",
    "CyclePlan",
    "Evaluation",
    "EvaluationQuestion",
    "Exam",
    "FlatFormula",
    "Formula",
    "Ground",
    "Kind",
    "Largest",
    "LicencePlan",
    "LiveRules",
    "Need",
    "NeverFormula",
    "NoSuchPlanError",
    "Notice",
    "Outcome",
    "Paper",
    "Physicians",
    "PlaceError",
    "Policy",
    "PolicyBook",
    "PolicyError",
    "PostTest",
    "PriceOffer",
    "RateFormula",
    "Relicensure",
    "Requirement",
    "Rounding",
    "StaffFormula",
    "TermPlan",
    "Topic",
    "TopicRequirement",
    "UnitPrice",
    "UnknownProgram",
    "YearDay",
    "approval_programs",
    "codes_of",
    "credit_words",
    "cycle_programs",
    "day_words",
    "licence_programs",
    "live_programs",
    "load_book",
    "load_pack",
    "money_words",
    "number_words",
    "policy_for",
    "programs",
    "span_words",
    "term_programs",
    "versions_of",
    "zone_of",
]
