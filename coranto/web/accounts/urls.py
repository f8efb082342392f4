"""The addresses of accounts: this site's own pages, and of allauth's as many as are used here. The rest is nowhere.

allauth leads back to its own overviews by their names; here these are all the one page of the account.
"""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base.views import authenticate, reauthenticate
from allauth.mfa.recovery_codes.views import download_recovery_codes, generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import (
    add_webauthn,
    edit_webauthn,
    login_webauthn,
    reauthenticate_webauthn,
    remove_webauthn,
)
from csp.decorators import csp_update
from django.urls import path
from django.views.decorators.http import require_POST

from coranto.web.accounts import joining, own, passkeys

with_drawn_code = csp_update({"img-src": ["data:"]})  # the code to scan stands in the page itself

urlpatterns = [
    path("", own.page, name="mfa_index"),
    path("", own.page, name="mfa_list_webauthn"),
    path("", own.page, name="account"),
    path("settings", own.save),
    path("sessions/end", own.end_session),
    path("sessions/end-others", own.end_other_sessions),
    path("delete", own.delete),
    path("forgotten", own.forgotten, name="account_forgotten"),
    path("signup/", joining.sign_up, name="account_signup"),
    path("invited/<str:secret>", joining.invited),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/authenticate/", passkeys.answered(authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", with_drawn_code(activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/add/", passkeys.answered(add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/add/options", passkeys.add_options, name="passkey_add_options"),
    path("passkeys/reauthenticate/", passkeys.answered(reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/edit/", edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/login/", require_POST(passkeys.answered(login_webauthn)), name="mfa_login_webauthn"),
    path("passkeys/login/options", passkeys.sign_in_options, name="passkey_sign_in_options"),
]
