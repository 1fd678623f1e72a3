"""A body of cycles by the hundred thousand, made by a few statements in PostgreSQL.

Everybody has a credential, a third have both, earned over six years, so every standing
that time alone brings is there. Of their activities some count in no cycle, some are
reported twice, some are of kinds of which the largest counts, some were taken back.
"""

from datetime import date, datetime

from django.db import connection

BODY = "namss"
ACTIVITIES = 30

MEMBER = "md5('member' || i)::uuid"
ACTIVITY = "md5('activity' || i || '-' || k)::uuid"
PEOPLE = "generate_series(0, {last}) AS people(i)"
DEEDS = "{people}, generate_series(1, {activities}) AS deeds(k)"
# Four of thirty are of kinds of which one counts; each tenth person tells one twice.
KIND = """(ARRAY['college_course', 'college_course', 'volunteer_service',
                 'volunteer_service', 'teaching', 'non_accredited_education'])
          [CASE WHEN k <= 4 THEN k ELSE 5 + k % 2 END]"""
DONE = "date '{today}' - (i * 7 + CASE WHEN k = 30 THEN 29 ELSE k END * 53) % 1500"
TITLE = "'Deed ' || CASE WHEN k = 30 AND i % 10 = 0 THEN 28 ELSE k END"
STATEMENTS = (
    """
    INSERT INTO accounts_member
      (id, first_name, last_name, email, phone, address, profession)
    SELECT {member}, 'Pat', 'Number ' || i, 'pat' || i || '@mail.example', '', '', ''
      FROM {people}
    """,
    """
    INSERT INTO credentials_certification
      (id, member_id, program, code, number, earned_on, proof, recorded_by, recorded_at)
    SELECT gen_random_uuid(), {member}, '{body}', code, code || '-' || i,
           date '{today}' - (i * 11) % 2200, 'seen', 'bench', '{now}'
      FROM {people}, unnest(ARRAY['CPCS', 'CPMSM']) AS held(code)
     WHERE code = 'CPCS' OR i % 3 = 0
    """,
    """
    INSERT INTO ce_credits_activity
      (id, member_id, program, kind, title, provider, "on", minutes, licence_number,
       state, version, typed, saves, read_from_file, reported_by, proof, created_at,
       changed_at, submitted_at)
    SELECT {activity}, {member}, '{body}', {kind}, {title}, 'Somebody', {done}, 60, '',
           'accepted', 1, '{{}}', 0, '[]', 'Pat', '', '{now}', '{now}', '{now}'
      FROM {deeds}
    """,
    """
    INSERT INTO ce_credits_creditaward
      (id, activity_id, sequence, "on", kind, title, level, credits, unit,
       index_number, approved, rule, policy, explanation, reasons, counts_from,
       decided_by, decided_at, note)
    SELECT gen_random_uuid(), {activity}, 1, {done}, {kind}, {title},
           CASE WHEN k IN (3, 4) THEN 'national' ELSE '' END,
           ((i * 7 + k * 3) % 12 + 1) * 0.25, 'CE', '', k % 2 = 1, 'N10',
           '{body}@2025-01-01', '60 min -> 1.0 CE, 1 for each hour', '[]', {done},
           'Pat', '{now}', ''
      FROM {deeds}
    """,
    """
    INSERT INTO ce_credits_creditaward
      (id, activity_id, sequence, "on", kind, title, level, credits, unit,
       index_number, approved, rule, policy, explanation, reasons, counts_from,
       decided_by, decided_at, note)
    SELECT gen_random_uuid(), {activity}, 2, {done}, {kind}, {title}, '', 0, 'CE', '',
           false, 'N13', '{body}@2025-01-01', 'The proof is missing.', '[]',
           {done} + 90, 'Erin', '{now}', ''
      FROM {deeds} WHERE (i + k) % 25 = 0
    """,
)


def build(count: int, *, today: date, now: datetime) -> None:
    """Make so many people with their activities; nothing is worked out of them yet."""
    people = PEOPLE.format(last=count - 1)
    parts = {
        "member": MEMBER,
        "activity": ACTIVITY,
        "people": people,
        "deeds": DEEDS.format(people=people, activities=ACTIVITIES),
        "kind": KIND,
        "title": TITLE,
        "done": DONE.format(today=today),
        "body": BODY,
        "today": today,
        "now": now.isoformat(),
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(**parts))
        cursor.execute("VACUUM ANALYZE")
