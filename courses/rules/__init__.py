"""What an exam asks, in which order, for how long, and what its answers are worth."""

from courses.rules.banks import Bank, BankError, Option, Question, load_bank, read_bank
from courses.rules.captions import CaptionsError, Cue, read_captions, transcript_of
from courses.rules.clock import ends_at, is_open, next_try_on
from courses.rules.drawing import Asked, Sheet, TooFewQuestionsError, draw_sheet
from courses.rules.evaluating import (
    Said,
    Summary,
    Tallied,
    answers_kept,
    problems_of_answers,
    released,
    summary,
)
from courses.rules.facts import (
    CourseFacts,
    facts_with,
    plain_facts,
    problems_of_facts,
)
from courses.rules.going import (
    Leaf,
    Place,
    last_leaf,
    missing_leaves,
    next_leaf,
    resume_at,
)
from courses.rules.marking import Mark, TopicMark, mark_sheet, percent_words
from courses.rules.pages import files_of, html_of, problem_of
from courses.rules.source import (
    CourseSource,
    ModuleSource,
    PageSource,
    SourceError,
    TestSource,
    bank_of_text,
    files_shown,
    read_source,
)
from courses.rules.watching import (
    Coverage,
    Spans,
    clock_words,
    coverage,
    joined,
    read_second,
    read_spans,
)
from courses.rules.writing import source_text

__all__ = [
    "Asked",
    "Bank",
    "BankError",
    "CaptionsError",
    "CourseFacts",
    "CourseSource",
    "Coverage",
    "Cue",
    "Leaf",
    "Mark",
    "ModuleSource",
    "Option",
    "PageSource",
    "Place",
    "Question",
    "Said",
    "Sheet",
    "SourceError",
    "Spans",
    "Summary",
    "Tallied",
    "TestSource",
    "TooFewQuestionsError",
    "TopicMark",
    "answers_kept",
    "bank_of_text",
    "clock_words",
    "coverage",
    "draw_sheet",
    "ends_at",
    "facts_with",
    "files_of",
    "files_shown",
    "html_of",
    "is_open",
    "joined",
    "last_leaf",
    "load_bank",
    "mark_sheet",
    "missing_leaves",
    "next_leaf",
    "next_try_on",
    "percent_words",
    "plain_facts",
    "problem_of",
    "problems_of_answers",
    "problems_of_facts",
    "read_bank",
    "read_captions",
    "read_second",
    "read_source",
    "read_spans",
    "released",
    "resume_at",
    "source_text",
    "summary",
    "transcript_of",
]
