"""Signing in, in this site's words. Nobody signs up: accounts are given by the people who run the site."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.utils.translation import gettext


class Accounts(DefaultAccountAdapter):
    """allauth's adapter with sign-up closed, and without the messages that the masthead tells anyway: the one after
    signing out would keep a session alive for nobody."""

    UNSAID = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")

    def is_open_for_signup(self, request):
        return False

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
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = ""
                self.fields[name].widget.attrs.pop("placeholder", None)
