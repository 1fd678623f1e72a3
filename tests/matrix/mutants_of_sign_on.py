"""Single sign-on that shows another practice's, or believes its provider too much."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

MODELS = "accounts/models/sign_on.py"
ADMITTING = "accounts/services/sign_on.py"
SETTING = "accounts/services/sign_on_settings.py"
ASKING = "accounts/queries.py"
PAGES = "accounts/views/sign_on_settings.py"
WAY = "accounts/views/sign_on.py"
SHOWN = "own_practice_set"
LET_IN = "own_people_s_accounts_alone"
WEIGHED = "word_is_weighed"
SIGN_ON = (
    Mutant(
        MODELS,
        "return self.filter(practice=practice)\n",
        "return self.all()\n",
        SHOWN,
    ),
    Mutant(
        MODELS,
        "return self.filter(practice=practice, until_at=None)",
        "return self.filter(until_at=None)",
        SHOWN,
    ),
    Mutant(
        PAGES,
        "held = SingleSignOn.objects.of(door.practice).first()",
        "held = SingleSignOn.objects.first()",
        SHOWN,
    ),
    Mutant(
        ASKING,
        'SignOnLink.objects.of(practice).select_related("user")',
        'SignOnLink.objects.filter(until_at=None).select_related("user")',
        "nothing_of_another and administrator",
    ),
    Mutant(
        SETTING,
        "held = SingleSignOn.objects.of(practice).first()",
        "held = SingleSignOn.objects.first()",
        SHOWN,
    ),
    Mutant(
        SETTING,
        "links = SignOnLink.objects.of(practice)\n",
        "links = SignOnLink.objects.filter(until_at=None)\n",
        SHOWN,
    ),
    Mutant(
        SETTING,
        "SignOnLink.objects.filter(practice=practice, pk=link_id)",
        "SignOnLink.objects.filter(pk=link_id)",
        "end_sign_on_link",
    ),
    Mutant(
        ASKING,
        "SingleSignOn.objects.filter(practice__slug=slug, is_on=True)",
        "SingleSignOn.objects.filter(practice__slug=slug)",
        "off_is_not_there",
    ),
    Mutant(
        ASKING,
        "SingleSignOn.objects.filter(practice__slug=slug, is_on=True)",
        "SingleSignOn.objects.filter(is_on=True)",
        "off_is_not_there",
    ),
    Mutant(
        PAGES,
        "@route(permission=PRACTICE_SIGN_ON, methods=BOTH,",
        f"{WITH_PUBLIC}@route(permission=PUBLIC, methods=BOTH,",
        "sign_on_settings",
    ),
    Mutant(
        PAGES,
        '@route(permission=PRACTICE_SIGN_ON, methods=("POST",),',
        '@route(permission=PRACTICE_SIGN_ON, methods=("GET", "POST"),',
        "end_sign_on_link",
    ),
    Mutant(
        WAY,
        '        asked["practice"] == str(sign_on.practice_id)\n        and ',
        "        ",
        "begun_at_another",
    ),
    Mutant(ADMITTING, "not person.email_verified or domain", "domain", WEIGHED),
    Mutant(
        ADMITTING,
        "if not person.email_verified or domain not in sign_on.domains:",
        "if not person.email_verified:",
        WEIGHED,
    ),
    Mutant(
        ADMITTING,
        "User.objects.filter(email__iexact=email, is_active=True)",
        "User.objects.filter(email__iexact=email)",
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        "if StaffRole.objects.filter(user=user, until_at=None).exists():",
        "if False:",
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        "Administration.objects.filter(user=user, until_at=None)",
        "Administration.objects.filter(user=user)",
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        '        *held.values_list("practice", flat=True),\n',
        "",
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        "Sponsorship.objects.open().filter(member__user=user)",
        "Sponsorship.objects.filter(member__user=user)",
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        '        *stands.values_list("practice", flat=True),\n',
        "",
        LET_IN,
    ),
    Mutant(ADMITTING, "if practices - {sign_on.practice_id}:", "if False:", LET_IN),
    Mutant(
        ADMITTING,
        'return "" if practices else "does not belong to the practice"',
        'return ""',
        LET_IN,
    ),
    Mutant(
        ADMITTING,
        'return "" if held == subject else "is another person to the provider '
        'than before"',
        'return ""',
        WEIGHED,
    ),
)
