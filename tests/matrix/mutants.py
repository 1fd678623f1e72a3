"""The walls, each with the change that takes it away: what the matrix must notice."""

from tests.matrix.mutants_of_audits import AUDITS
from tests.matrix.mutants_of_badges import BADGES
from tests.matrix.mutants_of_courses import COURSES
from tests.matrix.mutants_of_cycles import CYCLES
from tests.matrix.mutants_of_cycles_rest import CYCLES_OVER_REST
from tests.matrix.mutants_of_documents import DOCUMENTS_AND_TABLES
from tests.matrix.mutants_of_doors import DOORS, METHODS
from tests.matrix.mutants_of_live import LIVE
from tests.matrix.mutants_of_merging import MERGING
from tests.matrix.mutants_of_money import MONEY
from tests.matrix.mutants_of_places import PLACES
from tests.matrix.mutants_of_registering import REGISTERING
from tests.matrix.mutants_of_reports import REPORTS
from tests.matrix.mutants_of_rows import ROWS
from tests.matrix.mutants_of_sign_on import SIGN_ON
from tests.matrix.mutants_of_telling import TOLD

MUTANTS = (
    *DOORS,
    *METHODS,
    *ROWS,
    *PLACES,
    *SIGN_ON,
    *MONEY,
    *DOCUMENTS_AND_TABLES,
    *TOLD,
    *CYCLES,
    *CYCLES_OVER_REST,
    *BADGES,
    *REPORTS,
    *MERGING,
    *REGISTERING,
    *AUDITS,
    *COURSES,
    *LIVE,
)
