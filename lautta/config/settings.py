"""Settings. Everything that differs between installations comes from the environment.

LAUTTA_MODE        demo (default: printed sign-ins, console mail) or production (refuses weak settings)
LAUTTA_SECRET_KEY  required in production; otherwise made once and kept in LAUTTA_DATA
LAUTTA_DATA        folder of the embedded database, uploads and the made key (default: ./var)
LAUTTA_DEMO        folder of the demo regions (default: ./demo)
LAUTTA_HOSTS       host names served, separated by commas
DATABASE_URL       sqlite:///… (default: in LAUTTA_DATA) or postgres://…
EMAIL_URL          smtp://user:password@host:port or smtps://… (default: console)
LAUTTA_MAIL_FROM   sender of reminders
"""

import secrets
from os import environ
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from lautta.common.demo_day import read_demo_day

BASE_DIR = Path(__file__).resolve().parents[2]
MODE = environ.get("LAUTTA_MODE", "demo")
if MODE not in {"demo", "production"}:
    raise ImproperlyConfigured("LAUTTA_MODE is demo or production")
DEMO = MODE == "demo"
DEBUG = environ.get("LAUTTA_DEBUG") == "1"
DATA_DIR = Path(environ.get("LAUTTA_DATA", BASE_DIR / "var"))
LAUTTA_DEMO = Path(environ.get("LAUTTA_DEMO", BASE_DIR / "demo"))


def _secret_key() -> str:
    if key := environ.get("LAUTTA_SECRET_KEY"):
        return key
    if not DEMO:
        raise ImproperlyConfigured("LAUTTA_SECRET_KEY is required in production")
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = DATA_DIR / "secret_key"
    try:
        with path.open("x", encoding="ascii") as handle:
            path.chmod(0o600)
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text("ascii")


SECRET_KEY = _secret_key()
# A demo lives on the day of its files.
DEMO_DAY = read_demo_day(DATA_DIR) if DEMO else None
ALLOWED_HOSTS = [h for h in environ.get("LAUTTA_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in environ.get("LAUTTA_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "lautta.publishing",
    "lautta.workspace",
    "lautta.annual_clock",
    "lautta.decisions",
    "lautta.assessments",
    "lautta.voices",
    "lautta.measures",
    "lautta.plans",
    "lautta.indicators",
    "lautta.organisations",
    "lautta.common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "lautta.common.middleware.ClearRefusals",
]

ROOT_URLCONF = "lautta.config.urls"
WSGI_APPLICATION = "lautta.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "lautta.common.context.page",
                "lautta.workspace.context.navigation",
                "lautta.publishing.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'lautta.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_database = DATABASES["default"]
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a read-then-write transaction takes the write lock at once, so that no writer meets "locked" half-way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
            " PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;"
            # Read through memory shared by all processes: a profile gathers rows from all over a file of panels.
            " PRAGMA mmap_size=134217728"
        ),
    }
    if _database["NAME"] not in {"", ":memory:"}:
        Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "common.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:start"
LOGOUT_REDIRECT_URL = "publishing:front"
ACCOUNT_ADAPTER = "lautta.common.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_FORMS = {"login": "lautta.common.accounts.LoginForm"}
# Guessing is slowed per account, not per address: no visitor's address is stored anywhere.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_CLIENT_IP_CALLABLE = "lautta.common.accounts.no_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_VERBOSE = False
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": False}

# --- words and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["lautta.common.formats"]

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static_collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
MAX_UPLOAD_BYTES = 20_000_000

# --- work behind the page -----------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = environ.get("LAUTTA_MAIL_FROM", "Lautta <lautta@demo.lautta.invalid>")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if _mail := environ.get("EMAIL_URL"):
    _parts = urlsplit(_mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _parts.hostname or "localhost", _parts.port or 25
    EMAIL_HOST_USER = unquote(_parts.username or "")
    EMAIL_HOST_PASSWORD = unquote(_parts.password or "")
    EMAIL_USE_SSL = _parts.scheme == "smtps"
    EMAIL_USE_TLS = _parts.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
SITE_URL = environ.get("LAUTTA_URL", "http://127.0.0.1:8000").rstrip("/")

# --- security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "lautta.common.views.stale_form"
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = environ.get("LAUTTA_PLAIN_HTTP") != "1"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Lock-out is by account alone, since no visitor address is kept: axes.W006 asks for the address.
SILENCED_SYSTEM_CHECKS = ["security.W021", "axes.W006"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lautta": {"level": "INFO"}},
}
