"""The pages on which a body's staff decide, in every state."""

from tests.browser.look import MARCUS, PRIYA, STAFF, Look
from tests.browser.looks_of_money import MONEY
from tests.browser.showing import (
    a_catalogue_file,
    a_stale_review,
    an_import,
    at,
    following,
    pressing,
    pressing_last,
    tapping,
)
from tests.browser.showing_feeds import (
    FEED_TOKENS,
    a_deadline,
    a_fed_row,
    a_feed_file,
    a_missed_credit,
    a_new_feed_token,
    an_item_s_topics,
    missing_credit,
)

STANDING = "/staff/namss/standing/"
REPORTS = "/staff/namss/reports/?from=2024-10&through=2026-12"
QUEUE, CATALOGUE = f"{STAFF}queue/", f"{STAFF}catalogue/"
WAIVE = following("Waive credit", following("Omar Haddad", at(f"{STAFF}?q=haddad")))
TANAKA = following("Mei-Lin Tanaka", at(f"{STAFF}?q=tanaka"))
JOY = following("HIPAA Basics for Providers", at(QUEUE))
QUESTIONS = at(f"{STAFF}questions/")
REVIEWING = (
    *MONEY,
    Look("questions", "staff_questions", at(f"{STAFF}questions/"), PRIYA),
    Look("question", "staff_question", following("Q-", QUESTIONS), PRIYA),
    Look(
        "question no answer",
        "staff_question",
        pressing("Send the answer", following("Q-", QUESTIONS)),
        PRIYA,
        422,
    ),
    Look("queue", "staff_queue", at(QUEUE), PRIYA),
    Look("queue flagged", "staff_queue", at(f"{QUEUE}?flag=twice"), PRIYA),
    Look(
        "queue view without a name",
        "staff_queue",
        pressing("Save view", at(f"{QUEUE}?age=3")),
        PRIYA,
        422,
    ),
    Look("queue decided", "staff_queue", at(f"{QUEUE}?state=all"), PRIYA),
    Look("queue nothing found", "staff_queue", at(f"{QUEUE}?q=zzz"), PRIYA),
    Look("queue state clear", "staff_queue", at(f"{QUEUE}?state=returned"), PRIYA),
    Look("review", "staff_review", JOY, PRIYA),
    Look(
        "review keys",
        "staff_review",
        tapping("Show the keys", JOY),
        PRIYA,
    ),
    Look(
        "review twice",
        "staff_review",
        following("Combating Medicare Fraud", at(f"{QUEUE}?flag=twice")),
        PRIYA,
    ),
    Look(
        "review left to staff",
        "staff_review",
        following("Start reviewing", at(f"{QUEUE}?flag=for_staff")),
        PRIYA,
    ),
    Look(
        "review outside",
        "staff_review",
        following("Start reviewing", at(f"{QUEUE}?flag=outside")),
        PRIYA,
    ),
    Look("review checked", "staff_review", pressing("Check credit", JOY), PRIYA),
    Look(
        "review without a reason",
        "staff_review",
        pressing("Not accepted", JOY),
        PRIYA,
        422,
    ),
    Look(
        "review large",
        "staff_review",
        following("200 %", JOY),
        PRIYA,
    ),
    Look("review stale", "staff_review", a_stale_review(JOY), PRIYA, 409),
    Look(
        "revoke",
        "staff_revoke",
        following("Revoke", at(QUEUE)),
        PRIYA,
    ),
    Look(
        "revoke empty",
        "staff_revoke",
        pressing_last(following("Revoke", at(QUEUE))),
        PRIYA,
        422,
    ),
    Look("waive", "staff_waive", WAIVE, PRIYA),
    Look(
        "waive empty",
        "staff_waive",
        pressing("Waive the missing credit", WAIVE),
        PRIYA,
        422,
    ),
    Look("catalogue", "staff_catalogue", at(CATALOGUE), PRIYA),
    Look(
        "catalogue without a file",
        "staff_catalogue",
        pressing("Check file", at(CATALOGUE)),
        PRIYA,
        422,
    ),
    Look("catalogue file", "staff_catalogue_file", a_catalogue_file, PRIYA),
    Look("catalogue imported", "staff_catalogue", an_import, PRIYA),
    Look("feed", "staff_feed", at(f"{STAFF}feed/"), PRIYA),
    Look("feed tokens", "staff_tokens", at(FEED_TOKENS), PRIYA),
    Look(
        "feed tokens empty",
        "staff_tokens",
        pressing("Create token", at(FEED_TOKENS)),
        PRIYA,
        422,
    ),
    Look("feed tokens new", "staff_tokens", a_new_feed_token, PRIYA),
    Look("feed file", "staff_feed_file", a_feed_file, PRIYA),
    Look("evaluation deadline", "staff_catalogue_deadline", a_deadline),
    Look("item topics", "staff_catalogue_topics", an_item_s_topics),
    Look("missing credit", "my_missing", missing_credit),
    Look("missed credit", "staff_missed", a_missed_credit),
    Look("missed credits", "staff_missing", at("/staff/namss/feed/missing/"), MARCUS),
    Look("feed row", "staff_feed_row", a_fed_row, PRIYA),
    Look(
        "standing",
        "staff_standing",
        at(STANDING),
        MARCUS,
    ),
    Look(
        "standing nothing found",
        "staff_standing",
        at(f"{STANDING}?q=zzz"),
        MARCUS,
    ),
    Look(
        "good standing",
        "staff_good_standing",
        at("/staff/namss/goodstanding/?day=2026-01-01"),
        MARCUS,
    ),
    Look(
        "good standing nothing found",
        "staff_good_standing",
        at("/staff/namss/goodstanding/?q=zzz"),
        MARCUS,
    ),
    *(
        Look(
            f"report of {report}",
            "staff_reports",
            at(f"{REPORTS}&report={report}"),
            MARCUS,
        )
        for report in ("standing", "renewals", "audits", "credits")
    ),
    Look(
        "report of terms",
        "staff_reports",
        at(f"{STAFF}reports/?report=renewals"),
        PRIYA,
    ),
    Look("report wrong", "staff_reports", at(f"{REPORTS}&credential=X"), MARCUS, 422),
    Look("standing of terms", "staff_standing", at(f"{STAFF}standing/"), PRIYA),
    Look("staff member resting", "staff_member", TANAKA, PRIYA),
)
# What staff are shown by no page of ours, with the reason.
NOT_STAFF_PAGES = {
    "staff_view_remove": "acts, then leads back",
    "staff_revoke_token": "acts, then leads back",
    "staff_feed_sample": "a file to be saved",
    "staff_activity_csv": "a file to be saved",
    "staff_catalogue_offer": "acts, then leads back",
    "staff_catalogue_sample": "a file to be saved",
    "staff_version_act": "acts, then leads back",
    "staff_version_file": "a file",
    "staff_version_zip": "a file to be saved",
    "staff_good_standing_csv": "a file to be saved",
    "staff_good_standing_xlsx": "a file to be saved",
    "staff_reports_csv": "a file to be saved",
    "staff_reports_xlsx": "a file to be saved",
    "staff_applications_view_remove": "acts, then leads back",
    "staff_journal_csv": "a file to be saved",
    "staff_journal_xlsx": "a file to be saved",
    "staff_order_credit": "acts, then leads back",
    "staff_proof": "a file to be saved",
    "staff_proof_page": "a picture on the review page",
    "staff_retry_paper": "acts, then leads back",
    "staff_standing_csv": "a file to be saved",
    "staff_send_again": "acts, then leads back",
}
