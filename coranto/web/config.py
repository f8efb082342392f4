"""Django's settings for the site: what the store needs, and on top accounts, pages, headers and static files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from coranto.store.config import *  # noqa: F403
from coranto.store.config import INSTALLED_APPS as STORE_APPS
from coranto.store.config import site_settings
from coranto.store.reads import KEYS

HERE = Path(__file__).parent

INSTALLED_APPS = [
    *STORE_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "coranto.web.guards.KnownHost",
    "coranto.web.guards.SameOrigin",
    "coranto.web.caching.Caching",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coranto.web.accounts.sessions.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "coranto.web.rights.Entrance",
    "coranto.web.clock.OwnTime",
    "coranto.web.errors.Explained",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "coranto.web.urls"
WSGI_APPLICATION = "coranto.web.wsgi.application"
APPEND_SLASH = False

# Our pages are Jinja2 in `pages/`; allauth's are Django templates, laid out by `account_templates/`. In one folder the
# first engine would open the other's files.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "pages",
        "DIRS": [HERE / "pages"],
        "OPTIONS": {
            "environment": "coranto.web.templates.environment",
            "context_processors": ["coranto.web.shell.around"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "accounts",
        "DIRS": [HERE / "account_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coranto.web.shell.for_accounts",
            ]
        },
    },
]

SITE_NAME = site_settings.site_name
SITE_URL = site_settings.site_url
CONTACT = site_settings.contact
ACCESS = site_settings.access
LOOPBACK_ONLY = site_settings.loopback_only
LANGUAGE_CODE = site_settings.language
ALLOWED_HOSTS = list(site_settings.allowed_hosts)
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = site_settings.data / "static"
FONTS = site_settings.data / "fonts"
ICONS = site_settings.data / "icons"
SERIF = site_settings.fonts == "serif"
READ_KEYS = site_settings.data / KEYS
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coranto.web.assets.Collected"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Cookies come with the first POST only. A form is taken from this site's own pages alone, which `guards.SameOrigin`
# sees from the browser's own headers, so no token stands in a page.
OVER_TLS = urlsplit(site_settings.site_url).scheme == "https"
SESSION_ENGINE = "coranto.web.accounts.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = OVER_TLS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 86400
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 86400 if OVER_TLS else 0
TRUSTED_PROXIES = site_settings.trusted_proxies

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
SIGNUP = site_settings.signup
ACCOUNT_ADAPTER = "coranto.web.accounts.signing_in.Accounts"
ACCOUNT_FORMS = {
    "login": "coranto.web.accounts.signing_in.SignIn",
    "reauthenticate": "coranto.web.accounts.signing_in.Again",
    "change_password": "coranto.web.accounts.signing_in.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = False  # a refusal would tell whose address is known here
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "coranto.web.accounts.signing_in.Code",
    "reauthenticate": "coranto.web.accounts.signing_in.CodeAgain",
    "activate_totp": "coranto.web.accounts.signing_in.FirstCode",
}
MFA_ADAPTER = "coranto.web.accounts.passkeys.SecondFactor"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = site_settings.site_name
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # this site sends no mail

# Tries are counted in a table that all processes share. Its keys hold names and addresses, so they are hashed. Rows
# whose time is over go with retention, and before there are more than MAX_ENTRIES.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_limit",
        "KEY_FUNCTION": "coranto.web.accounts.signing_in.limit_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "30/15m/ip,10/15m/key",
    "signup": "20/h/ip",
    "reauthenticate": "10/5m/user",
    "change_password": "10/5m/user",
    "reset_password": "10/h/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
