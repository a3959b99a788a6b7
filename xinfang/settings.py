"""Settings: defaults for one small county, everything else from the environment (docs/operations.md lists the names)."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy

from xinfang.foundation import environment

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("XINFANG_HOME", BASE_DIR / "var"))
environment.load(HOME / "keys.env")

DEMO = os.environ.get("XINFANG_DEMO") == "1"
DEBUG = False
SECRET_KEY = environment.secret("XINFANG_SECRET_KEY")
MASTER_KEY = environment.secret("XINFANG_MASTER_KEY")
COUNTY = os.environ.get("XINFANG_COUNTY", "610115")
GOVERNMENT_CODE = os.environ.get("XINFANG_GOVERNMENT_CODE", "")
# The county's log (docs/operations.md): its name, which its checkpoints begin with, its key, and the beat of public checkpoints.
LOG_ORIGIN = os.environ.get("XINFANG_LOG_ORIGIN", f"xinfang-{COUNTY}/log")
LOG_KEY = os.environ.get("XINFANG_LOG_KEY", "")
LOG_SIGNER = os.environ.get("XINFANG_LOG_SIGNER", "")
LOG_VKEY = os.environ.get("XINFANG_LOG_VKEY", "")
LOG_FORMER_VKEYS = os.environ.get("XINFANG_LOG_FORMER_VKEYS", "").split()
LOG_BEAT = int(os.environ.get("XINFANG_LOG_BEAT", "600"))
ALLOWED_HOSTS = os.environ.get("XINFANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "xinfang.trace",
    "xinfang.files",
    "xinfang.backups",
    "xinfang.organizations",
    "xinfang.legislation",
    "xinfang.deadlines",
    "xinfang.documents",
    "xinfang.notices",
    "xinfang.petitions",
    "xinfang.meetings",
    "xinfang.archives",
    "xinfang.publishing",
    "xinfang.desk",
    "xinfang.portal",
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
    "xinfang.desk.gate.Gate",
    "xinfang.desk.ribbon.Clicks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "xinfang.urls"
WSGI_APPLICATION = "xinfang.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinfang.desk.ribbon.ribbon",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'xinfang.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "xinfang.foundation.sqlite"
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # known without being said of Django's own backend alone
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "cached_statements": 512,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
else:
    # The server keeps its plans: half its CPU for an act, and a quarter of ours (docs/decisions/0009).
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
# Waits after wrong query codes (foundation.patience): shared by the processes of a machine, worth nothing tomorrow.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organizations.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Sign-in delays (organizations.sign_in): by user name alone, since an office shares one address; failures count for a day.
AXES_HANDLER = "xinfang.organizations.sign_in.GrowingDelay"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(days=1)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a try that was not let through does not lengthen the wait
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]  # and always the password
AXES_COOLOFF_MESSAGE = gettext_lazy("登录失败次数过多，请稍后再试，或请本单位负责人解除等待。")
AXES_LOCKOUT_CALLABLE = "xinfang.desk.gate.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # which asks for the address among the parameters
CSRF_FAILURE_VIEW = "xinfang.desk.gate.csrf_failed"
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:worklist"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = os.environ.get("XINFANG_HTTPS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A card reader's helper on the clerk's own machine (docs/operations.md), the one address a page may ask besides this site.
CARD_READER = os.environ.get("XINFANG_CARD_READER", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "connect-src": ["'self'", *([CARD_READER] if CARD_READER else [])],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# A visitor of the portal gets this cookie and the one of portal.look, and only by asking for them.
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Messages that leave the house (notices). Without an address of a server or a gateway none is written.
EMAIL = environment.mail(os.environ.get("XINFANG_SMTP", ""))
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL.starttls, EMAIL.tls, 20
MAIL_FROM = os.environ.get("XINFANG_MAIL_FROM", "") if EMAIL.host else ""
SITE = os.environ.get("XINFANG_SITE", "")  # what people type to find the portal, as slips print it
SMS_URL, SMS_TOKEN = os.environ.get("XINFANG_SMS_URL", ""), os.environ.get("XINFANG_SMS_TOKEN", "")
QUIET_HOURS = os.environ.get("XINFANG_QUIET", "21:00-07:30")
DIGEST_AT = os.environ.get("XINFANG_DIGEST_AT", "08:30")

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # served from where they lie; nothing is collected
# A virus scanner (clamd) that looks at what the public hands in, host:port; and how many petitions filed within ten
# minutes are so many that each visitor does a little work first (portal.busy).
CLAMD = os.environ.get("XINFANG_CLAMD", "")
BUSY_FROM = int(os.environ.get("XINFANG_BUSY_FROM", "120"))
STORE = HOME / "files"
ELECTRONIC_SEAL = os.environ.get("XINFANG_ELECTRONIC_SEAL", "")  # the dotted name of a documents.seals.ElectronicSeal
FONTS = HOME / "fonts"  # where a county lays the fonts it is licensed for
BACKUPS, BACKUPS_KEPT = os.environ.get("XINFANG_BACKUPS", ""), int(os.environ.get("XINFANG_BACKUPS_KEPT", "14"))
UPLOAD_LIMIT = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # three hundred at once are refused by the form, with a sentence

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
