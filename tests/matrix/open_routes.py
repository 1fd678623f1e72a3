"""Routes that are open to all, or known by what comes with the request."""

PUBLIC_ROUTES = {
    "accept_invitation",
    "accessibility",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "api_docs",
    "api_schema",
    "api_verify",
    "calendar",
    "ask_for_new_invitation",
    "contact",
    "contact_sent",
    "decline_invitation",
    "estimate",
    "estimate_pdf",
    "estimate_shown",
    "healthz",
    "help",
    "help_article",
    "landing",
    "mfa_authenticate",
    "privacy",
    "problem",
    "problems",
    "robots",
    "sign_on",
    "sign_on_back",
    "status",
    "stripe_events",
    "unsubscribe",
    "verify",
    "verify_form",
}
# Called by a program that signs what it sends; no browser can be made to.
SIGNED_ROUTES = {"stripe_events"}
# Its address is signed, and mail programs send the form themselves (RFC 8058).
LINKED_ROUTES = {"unsubscribe"}
