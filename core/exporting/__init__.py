"""Files that take a while: asked for, made by a worker, fetched for a week.

How an app adds one, say its kind `"audit_binder"`:

1. It writes a builder: a function that takes one keyword, `work: Work`, and returns a
   `Made`. `work.job` says what was asked for (`practice_id`, `program`, `params`, and
   `by`, `user_id`, `token_id` for who asked); `work.folder` is an empty folder on this
   machine in which the file, and whatever else is needed for a while, is written;
   `work.now` is the instant the work began, UTC, and `work.today(zone)` the day it is
   in a body's zone. `Made` names the file written there, what people save it as, and
   its kind, one of `core.files.MADE_TYPES`.
2. It puts it into `config/exporters.py` under its kind, with the words for people.
3. Its page calls `ask_for_export` inside its transaction, and leads to the page of
   exports. Who may ask for and who may fetch a kind, that page and the API say.

No transaction is open when a builder is called, and none has to stay open: it reads in
`with scoped(Scope.sweep()):`, a batch at a time or into a file of its folder, and its
queries name the practice each time, because a worker sees every practice's rows.

`work.progress(done, total)` tells the page how far it is. It is called outside of any
`scoped` block, at least once a minute: it also keeps the job this worker's. It may be
called as often as one likes; few calls write anything. It raises `Lost` when another
worker has the job now; a builder lets that pass.

A `core.failures.Refusal` ends the job with its sentence, which the person reads. Any
other exception ends it with words of ours and stands in the log, but for a database
that is away: that is waited for. A worker that is killed loses nothing: after its
lease (`settings.EXPORT_LEASE`) another makes the file from the beginning, three times
at most.
"""

from core.exporting.asking import ask_for_export, note_opened, note_taken
from core.exporting.contract import Builder, Exporter, Lost, Made, Work, exporters
from core.exporting.making import (
    Claim,
    claim_export,
    due_exports,
    fail_export,
    keep_export,
    note_progress,
)
from core.exporting.passing import KEPT, MADE_IN, forget_exports, sweep_exports

__all__ = [
    "KEPT",
    "MADE_IN",
    "Builder",
    "Claim",
    "Exporter",
    "Lost",
    "Made",
    "Work",
    "ask_for_export",
    "claim_export",
    "due_exports",
    "exporters",
    "fail_export",
    "forget_exports",
    "keep_export",
    "note_opened",
    "note_progress",
    "note_taken",
    "sweep_exports",
]
