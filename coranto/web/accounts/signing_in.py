"""Signing in, in this site's words, by allauth: what it asks, what it says, what it keeps of a device.

Making accounts is `joining`, the reader's own page `own`, passkeys `passkeys`.
"""

from __future__ import annotations

from hashlib import blake2b

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext, gettext_lazy

from coranto.web.proxies import shortened

NOT_TOGETHER = gettext_lazy("This name and this password do not belong together.")
TOO_MANY = gettext_lazy("Too many tries. Wait a quarter of an hour and try again; reading goes on without it.")


class Accounts(DefaultAccountAdapter):
    """allauth's adapter. The same words for every wrong sign-in, so that they tell nothing about who has an account;
    and none of the messages that the masthead tells anyway: the one after signing out would keep a session alive for
    nobody."""

    UNSAID = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_TOGETHER,
        "email_password_mismatch": NOT_TOGETHER,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        return settings.SIGNUP == "open"

    def get_password_change_redirect_url(self, request):
        return "/account/"

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if message_template not in self.UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)


class SignIn(LoginForm):
    """Name and password; labels above the fields, nothing in them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "login": gettext("User name or e-mail"),
            "password": gettext("Password"),
            "remember": gettext("Stay signed in on this device"),
        }
        for name, label in labels.items():
            plain(self.fields[name], label)
        self.fields["remember"].initial = True
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class NewPassword(ChangePasswordForm):
    """The old password and a new one, twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], gettext("Password until now"))
        plain(self.fields["password1"], gettext("New password"), gettext("8 characters or more."))
        plain(self.fields["password2"], gettext("New password, once more"))


class Bare:
    """A form of allauth's with nothing in its fields: what they ask for stands above them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Again(Bare, ReauthenticateForm):
    pass


class Code(Bare, AuthenticateForm):
    pass


class CodeAgain(Bare, CodeReauthenticateForm):
    pass


class FirstCode(Bare, ActivateTOTPForm):
    pass


def plain(field, label: str, hint: str = "") -> None:
    """Label and hint stand beside a field, and nothing in it."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


@receiver(pre_save, sender=UserSession)
def shorten(instance: UserSession, **_) -> None:
    """A session keeps the network it began in, not the address."""
    instance.ip = shortened(instance.ip)


def limit_key(key: str, prefix: str, version: int) -> str:
    """The name under which tries are counted: addresses and names in it cannot be read back."""
    return blake2b(key.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24).hexdigest()
