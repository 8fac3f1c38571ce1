"""Django's settings, derived from Tenure's environment (environment.py, docs/guides/settings.md)."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from tenure.config.embedded.store.addresses import store_url
from tenure.config.embedded.urls import embedded_urls, event_bytes, nats_url
from tenure.config.environment import load_environment
from tenure.config.mail_settings import smtp_server
from tenure.config.static_stamp import static_stamp

ENVIRONMENT = load_environment()
ROOT = Path(__file__).resolve().parent.parent

VERSION = version("tenure")
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
BASE_URL = ENVIRONMENT.base_url
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]

# Tenure's own rooms come first where their templates stand before a library's.
INSTALLED_APPS = [
    "tenure.ui",
    "tenure.workspace",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "tenure.stream",
    "tenure.directory",
    "tenure.market",
    "tenure.sales",
    "tenure.usage",
    "tenure.billing",
    "tenure.insights",
    "tenure.config",
]

MIDDLEWARE = [
    "tenure.config.middleware.request_identity",
    "tenure.config.telemetry.measured",
    "django.middleware.security.SecurityMiddleware",
    "tenure.config.middleware.content_security_policy",
    "tenure.config.middleware.database_lost",
    "tenure.config.api_answers.api_problems",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tenure.config.urls"
ASGI_APPLICATION = "tenure.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tenure.workspace.pages.shell",
            ],
        },
    },
]


def _database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's form of a PostgreSQL URL; a socket folder travels as `?host=`."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    options: dict[str, Any] = {name: value for name, value in query.items() if name != "host"}
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 15}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


_URLS = (
    {"app": ENVIRONMENT.database_url, "owner": ENVIRONMENT.owner_database_url}
    if ENVIRONMENT.database_url
    else embedded_urls(ENVIRONMENT)
)
DATABASES = {
    "default": _database(str(_URLS["app"]), pooled=True),
    "owner": _database(str(_URLS["owner"]), pooled=False),
}
DATABASE_ROUTERS = ["tenure.config.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

NATS_URL = nats_url(ENVIRONMENT)
NATS_REPLICAS = ENVIRONMENT.nats_replicas
STREAM_EVENT_BYTES = event_bytes(ENVIRONMENT)
STREAM_DISK_FOLDER = ENVIRONMENT.home if ENVIRONMENT.has_embedded_nats else None
CLICKHOUSE_URL = store_url(ENVIRONMENT)
CLICKHOUSE_CLUSTER = ENVIRONMENT.clickhouse_cluster

AUTH_USER_MODEL = "workspace.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# allauth's mail goes this way; a workspace's own is written by tenure.workspace.mail. Both are handed to the server by jobs.
EMAIL_BACKEND = "tenure.workspace.account_mail.AccountMailBackend"
_SMTP = smtp_server(ENVIRONMENT.smtp_url)
EMAIL_HOST, EMAIL_PORT = _SMTP.host, _SMTP.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _SMTP.user, _SMTP.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP.use_tls, _SMTP.use_ssl
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = ENVIRONMENT.home / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.is_https else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("es", "Español")]
LOCALE_PATHS = [ROOT / "config" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["tenure.config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"/static/{static_stamp(ROOT)}/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(ENVIRONMENT.files)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
IMPORT_FOLDER = ENVIRONMENT.import_folder
OUTBOUND_HOSTS = ENVIRONMENT.outbound_hosts
WHITENOISE_USE_FINDERS = True
# The stamp in the address changes with the files, so a browser may keep them for good.
WHITENOISE_IMMUTABLE_FILE_TEST = ".*"

API_REQUESTS_PER_MINUTE = ENVIRONMENT.api_requests_per_minute
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {"uvicorn": {"level": "WARNING"}, "procrastinate": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
# Standard output is for what a command has to say; the log of every process goes beside it.
structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
