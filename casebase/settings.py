"""The settings of the project. Machines differ only by environment variables.

Topics are in the order of Django's reference; .env.example explains the variables.
Those of signing in are in casebase/sign_in_settings.py.
"""

from pathlib import Path

from django.utils.csp import CSP

from casebase import environment
from casebase.caches.configuration import configure_caches
from casebase.database_settings import read_databases
from casebase.environment import read_bool, read_int, read_list, read_text, require
from casebase.files.storage_configuration import configure_storage
from casebase.logging_config import LOGGING as LOGGING
from casebase.sign_in_settings import *

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load_env_file(BASE_DIR / ".env")

# Core

DEBUG = read_bool("DEBUG", default=False)
HTTPS = read_bool("HTTPS", default=not DEBUG)

require("SECRET_KEY", "a long random text that only this site knows")
SECRET_KEY = read_text("SECRET_KEY")

if not DEBUG:
    require("ALLOWED_HOSTS", "the site's host names, separated by commas")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "casebase",
    "casebase.change_tracking",
    "casebase.backups",
    "casebase.facets",
    "casebase.history",
    "django_tasks_db",
    "casebase.jobs",
    "casebase.kept",
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
    # Innermost: only views read from replicas.
    "casebase.replicas.middleware.ReplicaMiddleware",
]

ROOT_URLCONF = "casebase.urls"
WSGI_APPLICATION = "casebase.wsgi.application"

# A case with fifty findings, each with its sources, is edited on one admin page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Databases

DATABASES = read_databases(BASE_DIR / "db.sqlite3")

# Caches

# Data that take long to compute, shared by all workers of this machine. They can be
# deleted at any time.
CACHE_DIR = Path(read_text("CACHE_DIR") or BASE_DIR / "cache")
CACHES = configure_caches(CACHE_DIR)

# Jobs

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# The command that runs tasks of this backend.
JOB_WORKER_COMMAND = [
    *("db_worker", "--queue-name=*", "--interval=0.5", "--no-reload", "--verbosity=0")
]
# How many processes gunicorn starts to run jobs. 0: none, others run them.
JOB_PROCESSES = read_int("JOB_PROCESSES", default=2)
# After so many seconds without a sign of life, a job is taken up by another process.
JOB_LEASE_SECONDS = read_int("JOB_LEASE_SECONDS", default=60)
# The pauses before a failed job is tried again; then it is parked.
JOB_RETRY_SECONDS = [int(n) for n in read_list("JOB_RETRY_SECONDS") or ("10", "60")]

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
SECURE_REDIRECT_EXEMPT = [r"^(health|ready)/$"]
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
# Files that jobs have made. No address leads to them but those of the jobs.
RESULTS = configure_storage(CACHE_DIR / "results")
STORAGES = {
    "default": RESULTS,
    "results": RESULTS,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Backups

BACKUP_DIR = Path(read_text("BACKUP_DIR") or BASE_DIR / "backups")
BACKUP_RECIPIENT = read_text("BACKUP_RECIPIENT")

# Reviewing

# Whether a case has to be published by somebody other than its submitter. Turn it off
# where one person works alone.
REVIEW_BY_ANOTHER = read_bool("REVIEW_BY_ANOTHER", default=True)

# Data quality

# Whether the links of sources are checked every day. It asks other people's servers.
CHECK_LINKS = read_bool("CHECK_LINKS", default=False)
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
