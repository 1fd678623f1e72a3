"""What may change without an entry of the trail, and why that is right."""

# Tables whose rows change without an entry, and why that is right.
UNTRACKED = {
    "core_auditentry": "The trail itself.",
    "core_audithead": "The trail's own ends; verify_audit holds them against it.",
    "core_usedkey": "That a form or request was sent; what it did has its entry.",
    "core_outboxmessage": "Mail follows a change that has its entry; its state, errors "
    "and words are kept in the row.",
    "accounts_websession": "A browser's session; what ends it has its own entry.",
    "core_domaindate": "A demonstration's day.",
    "billing_cardsession": "A page at the card provider; who asked for it, and what "
    "was paid on it, have their entries.",
    "billing_providerevent": "What the card provider said; what it did has its entry, "
    "and the row keeps state and reason.",
    "renewals_cardround": "How far people who wait for a card are; orders, charges and "
    "what came of each of them have their entries.",
    "notifications_notice": "Follows a letter, as mail follows a change; that it was "
    "read stands in its row.",
    "notifications_weeklysummary": "That a week's letter was queued, no more.",
    "certificates_opening": "Who opened a certificate first: the row is its record; "
    "undoing, which bars one, has its entry.",
    "courses_questionbank": "A file of the release, as an exam was drawn from it; that "
    "the exam was begun has its entry.",
    "credentials_givenreport": "A ledger of hashes: it names nobody and "
    "decides nothing.",
    "credentials_tally": "Worked out from facts that have their entries; made anew at "
    "any time.",
    "renewals_digestline": "A ledger of what a digest told; it decides nothing.",
}
# Who may write a tracked table without an entry, and why: (table, file, function).
UNWRITTEN = {
    ("accounts_apitoken", "accounts/services/tokens.py", "_used"): "That a token "
    "was used is noted in its row once a minute.",
    ("accounts_bodytoken", "accounts/services/tokens.py", "_used"): "That a token "
    "was used is noted in its row once a minute.",
    (
        "accounts_singlesignon",
        "accounts/services/sign_on_settings.py",
        "seal_secrets_anew",
    ): "A secret lies sealed under the present key; nobody can do anything else by it.",
    (
        "credentials_product",
        "credentials/services/catalogue.py",
        "install_products",
    ): "Products come from a file of the release, put in by whoever runs the portal.",
}
UNWRITTEN |= {
    (
        "notifications_subscription",
        "notifications/services/subscribing.py",
        "preference_of",
    ): "Nobody chose anything: the row is what was so without one, for a link to name.",
}
UNWRITTEN |= {
    (
        "courses_enrolment",
        "courses/migrations/0015_used_up_and_reminded.py",
        "mark",
    ): "A mark that follows from the attempts, which have their entries.",
}
UNWRITTEN |= {
    (table, "courses/services/keeping.py", service): "Where somebody is in a course, "
    "what they saw of it; that it was begun, completed and claimed has its entries."
    for table, service in (
        ("courses_whereabouts", "keep_place"),
        ("courses_watched", "keep_place"),
        ("courses_watched", "pass_page"),
        ("courses_whereabouts", "_move_on"),
    )
}
UNWRITTEN |= {
    (
        "renewals_applicationquestion",
        "renewals/services/answers_telling.py",
        "tell_answers",
    ): "That staff were told; the answer has its entry.",
    (
        "courses_answer",
        "courses/services/sitting.py",
        "answer_question",
    ): "An exam's beginning and its handing in have entries; each choice in between is "
    "a row with its instant.",
    (
        "courses_attempt",
        "courses/services/earning.py",
        "earn_by_exams",
    ): "That somebody looked what a passed exam earns; what it earned has its entry.",
}
UNWRITTEN |= {
    (
        "courses_liveactivity",
        "courses/services/live_writing.py",
        "seal_codes_anew",
    ): "Codes lie sealed under the present key; they are the same codes.",
}
ROSTERS = "accounts/services/roster_saving.py"
UNWRITTEN |= {
    ("accounts_rosterimport", ROSTERS, "import_batch"): "How far an import is; whom it "
    "added or updated has its entry.",
    (
        "accounts_rosterimport",
        ROSTERS,
        "forget_rosters",
    ): "What is left of a file goes; what it did has its entries.",
}
QUESTIONS = "portal/services/asking.py"
UNWRITTEN |= {
    ("portal_helpquestion", QUESTIONS, "tell_staff"): "That staff were told; the mail "
    "is in the outbox.",
    ("portal_helpquestion", QUESTIONS, "forget_questions"): "What was answered long "
    "ago goes; that it was asked and answered has its entries.",
}
UNWRITTEN |= {
    ("core_exportjob", f"core/exporting/{file}.py", name): why
    for file, name, why in (
        ("making", "claim_export", "That a worker has it; the file has its entry."),
        ("making", "note_progress", "How far it is; the file has its entry."),
        ("passing", "forget_exports", "A copy's week is over, as its row said."),
    )
}
UNWRITTEN |= {
    (
        "notifications_calendarfeed",
        "notifications/services/feeds.py",
        "note_fetched",
    ): "That a calendar was read is noted in its row once an hour.",
    (
        "portal_transcriptlink",
        "portal/services/sharing.py",
        "note_opened",
    ): "That a link was opened is noted in its row once an hour.",
}
UNWRITTEN |= {
    (
        "ce_credits_approvalapplication",
        "ce_credits/services/applying.py",
        "save_application",
    ): "What a sponsor types is theirs until they send it, which has its entry.",
    (
        "ce_credits_missingcredit",
        "ce_credits/services/missing_looking.py",
        "look_for_missing",
    ): "That it was looked for is noted in its row; what was found has its entry.",
}
PAPERS = "certificates/services/papers.py"
UNWRITTEN |= {
    ("certificates_certificate", PAPERS, name): "Making its PDF: the row keeps state, "
    "tries and error; what the certificate says is frozen by the database."
    for name in (
        "waiting_ids",
        "claim_paper",
        "print_paper",
        "keep_paper",
        "give_back",
        "oldest_waiting",
    )
}
UNWRITTEN |= {
    ("billing_refund", "billing/services/card_refunds.py", name): "Asking the provider "
    "for it: the row keeps tries, time and error; what came of it has its entry."
    for name in ("claim_refund", "put_refund_off")
}
UNWRITTEN |= {
    ("billing_cardcharge", f"billing/services/{name}", function): "Asking the provider "
    "for it: the row keeps tries, time and error; what came of it has its entry."
    for name, function in (
        ("charging.py", "claim_charge"),
        ("charge_settling.py", "note_sent"),
        ("charge_settling.py", "put_charge_off"),
    )
}
UNWRITTEN |= {
    ("billing_storedcard", f"billing/services/{name}", function): "How far its page or "
    "its removal at the provider is; what became of it has entries."
    for name, function in (
        ("card_events.py", "apply_event"),
        ("card_setup.py", "keep_setup"),
        ("stored_cards.py", "claim_card"),
        ("stored_cards.py", "note_answer"),
        ("stored_cards.py", "put_card_off"),
        ("stored_cards.py", "let_card_go"),
    )
}
