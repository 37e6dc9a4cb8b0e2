"""Settings of signing in: how accounts are checked, locked and logged."""

from datetime import timedelta

from casebase.environment import read_bool, read_int

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
