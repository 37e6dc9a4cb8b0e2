"""Reads the settings of a machine from environment variables.

Variables that are not set are read from the file .env. Missing and invalid values raise
ImproperlyConfigured with a sentence that says what to set.
"""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"0", "off", "false", "no"}
LOOPBACK = ("127.0.0.0/8", "::1/128")
LOG_FORMATS = ("text", "json")


def load_env_file(env_file: Path) -> None:
    environ.Env.read_env(env_file)


def peek(name: str, env_file: Path) -> str:
    """Return the variable as load_env_file would set it, without setting any.

    For a process whose children shall read the file anew when they are restarted.
    """

    class Copy(environ.Env):
        ENVIRON = dict(os.environ)

    Copy.read_env(env_file)
    return Copy.ENVIRON.get(name, "").strip()


def read_text(name: str) -> str:
    return os.environ.get(name, "").strip()


def read_list(name: str) -> list[str]:
    return [word.strip() for word in read_text(name).split(",") if word.strip()]


def require(name: str, purpose: str) -> None:
    """Raise ImproperlyConfigured if the variable is empty or not set."""
    if not read_text(name):
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, in the environment or in .env, to {purpose}."
        )


def read_bool(name: str, *, default: bool) -> bool:
    """Return the value of a switch. A misspelt value is an error and not “off”."""
    value = read_text(name).lower()
    if value in TRUE | FALSE:
        return value in TRUE
    if not value:
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to on or off.")


def read_int(name: str, *, default: int) -> int:
    value = read_text(name) or str(default)
    if value.isdecimal():
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number.")


def read_networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return IP networks, without a value those of this machine itself."""
    try:
        return [ip_network(network) for network in read_list(name) or LOOPBACK]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}. Set it to networks such as 10.0.0.0/8, with commas."
        ) from None


def read_log_format() -> str:
    """Return how log lines are written, one of LOG_FORMATS."""
    value = read_text("LOG_FORMAT").lower() or LOG_FORMATS[0]
    if value in LOG_FORMATS:
        return value
    raise ImproperlyConfigured(f"LOG_FORMAT is {value!r}. Set it to text or json.")
