"""The settings of the project. Machines differ only by environment variables.

Topics are in the order of Django's reference; .env.example explains the variables.
"""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from casebase import environment
from casebase.environment import read_bool, read_int, read_list, read_text, require
from casebase.logging_config import build_logging

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_env_file(BASE_DIR / ".env")

# Core

DEBUG = read_bool("DEBUG", default=False)
HTTPS = read_bool("HTTPS", default=not DEBUG)
LOGGING = build_logging(environment.read_log_format())

require("SECRET_KEY", "a long random text that only this site knows")
SECRET_KEY = read_text("SECRET_KEY")

if not DEBUG:
    require("ALLOWED_HOSTS", "the site's host names, separated by commas")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "casebase",
    "casebase.change_tracking",
    "casebase.facets",
    "casebase.history",
    "casebase.kept",
    "casebase.monitoring",
    "casebase.rate_limits",
    # References before initiatives, which cite them: undoing an edit writes records in
    # this order.
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
    # Before accounts, so that Axes has counted a failure when it is logged.
    "axes",
    "casebase.desk.accounts",
    # Django's admin.
    "casebase.desk.accounts.admin_site.DeskConfig",
]

MIDDLEWARE = [
    "casebase.monitoring.request_ids.add_request_id",
    "casebase.monitoring.routes.measure_requests",
    "casebase.monitoring.tracing.TraceRequests",
    "casebase.response_headers.add_default_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Before the body is read or the database is used.
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
    "default": environment.read_database(
        file=BASE_DIR / "db.sqlite3",
        sqlite={
            # Readers don't block the one writer; other writers wait instead of failing.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
            "transaction_mode": "IMMEDIATE",
            # Seconds; longer than an import of 2,000 sheets holds the write lock.
            "timeout": 60,
            # Django itself turns on foreign keys.
        },
        postgresql={"connect_timeout": 5},
    )
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# Caches

# Data that take long to compute, shared by all workers of this machine. They can be
# deleted at any time.
CACHE_DIR = Path(read_text("CACHE_DIR") or BASE_DIR / "cache")
# Files are renamed when they are complete; their keys contain a hash of the content.
FILE_CACHE = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "TIMEOUT": None,
    "OPTIONS": {"MAX_ENTRIES": 2_000},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Whole pages of about 0.1 MB each, in the memory of each process.
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        # The keys contain the version of the records, so entries never expire.
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
    # Bibliographies and the index of citation styles, and social cards.
    "citations": FILE_CACHE | {"LOCATION": CACHE_DIR / "citations"},
    "cards": FILE_CACHE | {"LOCATION": CACHE_DIR / "cards"},
}

# HTTP and security

# The site is at the root of its host; no header or variable can move it below a path.
FORCE_SCRIPT_NAME = ""
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS")
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Monitoring on the machine itself uses plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^(health|metrics)/$"]
METRICS_ALLOWED = environment.read_networks("METRICS_ALLOWED")
if HTTPS:
    # These apply to the site's host and its subdomains only.
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
BEHIND_PROXY = read_bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    # The proxy must always set this header; otherwise clients could forge it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

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
                "casebase.site.navigation.main_navigation",
            ],
        },
    },
]

# Signing in

AUTHENTICATION_BACKENDS = [
    # First, so that nobody who is locked out can try a password.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
REQUIRE_SECOND_FACTOR = read_bool("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Casebase"

# A session ends after 12 hours, or after 2 without a request.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 2 * 60 * 60

# Failures for one name from one address, and failures from one address for any names,
# after which signing in is locked.
AXES_FAILURE_LIMIT = 5
FAILURES_OF_ONE_ADDRESS = 20
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "casebase.desk.accounts.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "casebase.desk.accounts.lockout.render_lockout"
AXES_CLIENT_IP_CALLABLE = "casebase.client_ip.client_ip_of"
AXES_USERNAME_CALLABLE = "casebase.desk.accounts.lockout.get_username"
# Attempts during a lock-out are not counted and don't prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Values that Axes must not store.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
# The audit log has more details.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# How long the audit log contains IP addresses.
KEEP_ADDRESSES_DAYS = read_int("KEEP_ADDRESSES_DAYS", default=90)

# Works by their DOIs

CROSSREF_API = read_text("CROSSREF_API") or "https://api.crossref.org"
CROSSREF_MAILTO = read_text("CROSSREF_MAILTO")

# Limits of suggestions in an hour, from one address and in total. IPv6 addresses of one
# network of 64 bits count as one.
SUGGESTIONS_PER_ADDRESS = 10
SUGGESTIONS_PER_HOUR = 120
# Limits of lists and plans that readers store, counted alike. A class starts its plans
# from one address.
KEPT_PER_ADDRESS = 60
KEPT_PER_HOUR = 2_000

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
STATIC_ROOT = Path(read_text("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
# No other site embeds them: see Cross-Origin-Resource-Policy in response_headers.py.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Reviewing

# Whether a case has to be published by somebody other than its submitter. Turn it off
# where one person works alone.
REVIEW_BY_ANOTHER = read_bool("REVIEW_BY_ANOTHER", default=True)

# Data quality

# A case is listed for review if its latest source is older than this.
STALE_AFTER_YEARS = read_int("STALE_AFTER_YEARS", default=10)

# Who runs the site, for the page “About”

ABOUT_THE_SITE = {
    "operator": read_text("OPERATOR"),
    "contact": read_text("CONTACT"),
    "funding": read_text("FUNDING"),
    "citation": read_text("CITATION"),
}

# Packages

TAGGIT_CASE_INSENSITIVE = True
