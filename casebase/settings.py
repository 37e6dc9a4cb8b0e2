"""The settings of every machine; machines differ only by environment.

The topics stand in the order of Django's own reference. .env.example explains each
variable.
"""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from casebase import environment
from casebase.environment import number, require, switch, text, words

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load(BASE_DIR / ".env")

# Core

DEBUG = switch("DEBUG", default=False)
HTTPS = switch("HTTPS", default=not DEBUG)

require("SECRET_KEY", "a long random text that only this site knows")
SECRET_KEY = text("SECRET_KEY")

if not DEBUG:
    require("ALLOWED_HOSTS", "the site's host names, separated by commas")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "casebase",
    "casebase.change_tracking",
    "casebase.facets",
    "casebase.history",
    # In this order their records are written when an edit is undone.
    "references",
    "initiatives",
    "casebase.desk",
    "casebase.desk.imports",
    "casebase.desk.merging",
    "casebase.search",
    "casebase.desk.quality",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "casebase.desk.suggestions",
    "taggit",
    # After Axes, which is to count a failure before the log tells of it.
    "axes",
    "casebase.desk.accounts",
    # Django's admin.
    "casebase.desk.accounts.admin_site.DeskConfig",
]

MIDDLEWARE = [
    "casebase.response_headers.add_default_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Before anything is read or looked up.
    "casebase.request_checks.reject_invalid_requests",
    "casebase.desk.accounts.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "casebase.desk.accounts.middleware.KnowUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "casebase.overload.OverloadMiddleware",
    "casebase.write_conflicts.WriteConflictMiddleware",
]

ROOT_URLCONF = "casebase.urls"
WSGI_APPLICATION = "casebase.wsgi.application"

# A case with fifty findings, each with its sources, is edited on one admin page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Databases

DATABASES = {
    "default": environment.database(
        file=BASE_DIR / "db.sqlite3",
        sqlite={
            # Readers and one writer at a time; writers queue instead of failing.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
            "transaction_mode": "IMMEDIATE",
            # Longer than an import of two thousand sheets takes to write.
            "timeout": 60,
            # Foreign keys need no word here: Django turns them on itself.
        },
        postgresql={"connect_timeout": 5},
    )
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# Caches

# What takes long to make and can be made again, shared by every worker of this machine.
CACHE_DIR = Path(text("CACHE_DIR") or BASE_DIR / "cache")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Whole pages that many ask for, of about 0.1 MB, in the memory of each process.
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        # Their keys tell one state from the next.
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
    # Bibliographies and the index of their styles. Files, for these may have megabytes;
    # written under another name and renamed, so a kill leaves nothing half-written.
    "citations": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": CACHE_DIR / "citations",
        # The keys tell one version of the works from the next.
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

# HTTP and security

# The site is all of its host: no header or variable moves it below another address.
FORCE_SCRIPT_NAME = ""
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# A probe on the machine itself speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if HTTPS:
    # These cover names below the site's own host, and no others.
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
BEHIND_PROXY = switch("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    # Only a proxy that always sets this header may be believed: others could forge it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# Logging: everything to stderr, where the process manager collects it.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Without its own handlers, which write only when DEBUG is on.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # Of failures the log of accounts tells more, and the web server's of a flood.
        "axes": {"level": "ERROR"},
    },
}

# Templates

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Signing in

AUTHENTICATION_BACKENDS = [
    # Refuses who is locked out before a password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
REQUIRE_SECOND_FACTOR = switch("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Casebase"

# A sign-in ends after so long, and earlier when nobody reads on.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 2 * 60 * 60

# So many failures of one name from one address, or of one address with any names.
AXES_FAILURE_LIMIT = 5
FAILURES_OF_ONE_ADDRESS = 20
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "casebase.desk.accounts.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "casebase.desk.accounts.lockout.render_lockout"
AXES_CLIENT_IP_CALLABLE = "casebase.client_ip.client_ip_of"
AXES_USERNAME_CALLABLE = "casebase.desk.accounts.lockout.get_username"
# Trying on while locked out neither counts nor prolongs it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What was typed is not kept.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
# The log of accounts tells more.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# How long the log of accounts tells from where someone came.
KEEP_ADDRESSES_DAYS = number("KEEP_ADDRESSES_DAYS", default=90)

# Works by their DOIs

CROSSREF_API = text("CROSSREF_API") or "https://api.crossref.org"
CROSSREF_MAILTO = text("CROSSREF_MAILTO")

# Suggestions of readers: so many are let in, of one address and altogether. Of an IPv6
# address the network of 64 bits counts.
SUGGESTIONS_PER_ADDRESS = 10
SUGGESTIONS_PER_HOUR = 120

# Passwords of curators

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Static files

STATIC_URL = "static/"
STATIC_ROOT = Path(text("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Reviewing

# Whoever submitted a case does not publish it. Off: where one person keeps the base.
REVIEW_BY_ANOTHER = switch("REVIEW_BY_ANOTHER", default=True)

# Upkeep

# A case whose latest source is older than so many years is listed for another look.
STALE_AFTER_YEARS = number("STALE_AFTER_YEARS", default=10)

# What the page about the site says of whoever runs it

ABOUT_THE_SITE = {
    "operator": text("OPERATOR"),
    "contact": text("CONTACT"),
    "funding": text("FUNDING"),
    "citation": text("CITATION"),
}

# Packages

TAGGIT_CASE_INSENSITIVE = True
