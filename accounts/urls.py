"""Ways in, and a practice's settings. allauth looks its pages up by these names."""

from django.urls import path, re_path

from accounts.views import (
    administrators,
    asked,
    confirming,
    details,
    entry,
    invitations,
    people,
    security,
    sign_on,
    sign_on_settings,
    tokens,
)

urlpatterns = [
    path("accounts/login/", entry.sign_in, name="account_login"),
    path("accounts/login/step/", entry.second_step, name="mfa_authenticate"),
    path("accounts/confirm/", confirming.confirm, name="account_reauthenticate"),
    path("accounts/security/", security.security, name="mfa_index"),
    path("accounts/security/app/", security.add_an_app, name="mfa_activate_totp"),
    path(
        "accounts/security/passkey/",
        security.add_a_passkey,
        name="mfa_add_webauthn",
    ),
    path("accounts/security/codes/", security.new_codes, name="recovery_codes"),
    path(
        "accounts/security/factors/<int:factor>/remove/",
        security.remove,
        name="remove_factor",
    ),
    path("accounts/security/sessions/", security.end, name="end_session"),
    path("accounts/logout/", entry.sign_out, name="account_logout"),
    path("accounts/signup/", entry.sign_up, name="account_signup"),
    path(
        "accounts/password/change/",
        entry.change_password,
        name="account_change_password",
    ),
    path("accounts/reset/", entry.ask_for_link, name="account_reset_password"),
    path("accounts/reset/sent/", entry.link_asked, name="account_reset_password_done"),
    path(
        "accounts/reset/saved/",
        entry.new_password_saved,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^accounts/reset/(?P<uidb36>[0-9a-f]+)-(?P<key>[^/]+)/$",
        entry.new_password,
        name="account_reset_password_from_key",
    ),
    path("accounts/invite/<str:token>/", invitations.accept, name="accept_invitation"),
    path(
        "accounts/invite/<str:token>/new/",
        invitations.ask_for_new,
        name="ask_for_new_invitation",
    ),
    path(
        "accounts/invite/<str:token>/no/",
        invitations.say_no,
        name="decline_invitation",
    ),
    path("me/asked/<uuid:invitation>/", asked.asked, name="asked_to_join"),
    path("sso/<slug:practice>/", sign_on.begin, name="sign_on"),
    path("sso/<slug:practice>/back/", sign_on.back, name="sign_on_back"),
    path(
        "p/<slug:practice>/settings/sign-on/",
        sign_on_settings.settings,
        name="sign_on_settings",
    ),
    path(
        "p/<slug:practice>/settings/sign-on/links/<uuid:link>/",
        sign_on_settings.end_link,
        name="end_sign_on_link",
    ),
    path(
        "p/<slug:practice>/administrator/",
        administrators.administrator,
        name="administrator",
    ),
    path("p/<slug:practice>/settings/people/", people.people, name="people"),
    path(
        "p/<slug:practice>/settings/people/invitations/<uuid:invitation>/",
        people.resend,
        name="resend_invitation",
    ),
    path(
        "p/<slug:practice>/settings/people/members/<uuid:member>/",
        people.invite_member,
        name="invite_member",
    ),
    path(
        "p/<slug:practice>/settings/practice/",
        details.details,
        name="practice_details",
    ),
    path("p/<slug:practice>/settings/api/", tokens.tokens, name="tokens"),
    path(
        "p/<slug:practice>/settings/api/<uuid:token_id>/revoke/",
        tokens.revoke,
        name="revoke_token",
    ),
]
