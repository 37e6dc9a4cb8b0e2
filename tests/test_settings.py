"""The settings of a machine, tested in processes of their own."""

import json
import os
import subprocess
import sys

import pytest
from psycopg import IsolationLevel

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "casebase.settings",
    "SECRET_KEY": "q7-a-long-random-text-of-a-site-that-nobody-can-guess-0246813579",
    "ALLOWED_HOSTS": "casebase.example",
    # Empty, because missing variables would be read from the .env of this machine.
    "HTTPS": "",
    "DEBUG": "",
    "BEHIND_PROXY": "",
    "REQUIRE_SECOND_FACTOR": "",
    "KEEP_ADDRESSES_DAYS": "",
    "DATABASE_URL": "",
    "REPLICA_URLS": "",
    "PGBOUNCER": "",
    "CACHE_URL": "",
    "STORAGE_URL": "",
}


def manage(*arguments, **environment):
    return run_python("manage.py", *arguments, **environment)


def run_python(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | PRODUCTION | environment,
        capture_output=True,
        text=True,
    )


def setting(name, **environment):
    code = f"from django.conf import settings; print(settings.{name})"
    return run_python("-c", code, **environment).stdout


def test_production_configuration_passes_every_deployment_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING")
    assert "no issues" in checked.stdout, checked.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set. Set it"),
        ({"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS is not set. Set it"),
        ({"DEBUG": "onn"}, "DEBUG is 'onn'. Set it to on or off."),
        ({"HTTPS": "0n"}, "HTTPS is '0n'. Set it to on or off."),
        ({"REQUIRE_SECOND_FACTOR": "yess"}, "REQUIRE_SECOND_FACTOR is 'yess'."),
        ({"KEEP_ADDRESSES_DAYS": "-1"}, "KEEP_ADDRESSES_DAYS is '-1'. Set it"),
        ({"DATABASE_URL": "mysql://a:secret@b/c"}, "DATABASE_URL must begin with"),
        ({"REPLICA_URLS": "postgres://a:secret@b/c"}, "REPLICA_URLS needs PostgreSQL."),
        ({"REPLICA_URLS": "a:secret@b/c"}, "REPLICA_URLS must be addresses separated"),
        ({"PGBOUNCER": "yess"}, "PGBOUNCER is 'yess'. Set it to on or off."),
    ],
)
def test_missing_and_misspelt_variables_are_reported(environment, sentence):
    checked = manage("check", **environment)
    assert checked.returncode == 1
    assert checked.stderr.startswith(sentence)
    assert checked.stderr.count("\n") == 1
    assert "secret" not in checked.stderr


def test_debug_needs_no_host_names():
    assert manage("check", DEBUG="on", ALLOWED_HOSTS="").returncode == 0


def test_https_is_on_unless_debug_is_on():
    assert setting("SECURE_SSL_REDIRECT").strip() == "True"
    assert setting("SECURE_SSL_REDIRECT", DEBUG="1").strip() == "False"


def test_cookies_are_secure_with_https():
    assert setting("SESSION_COOKIE_SECURE").strip() == "True"
    assert setting("CSRF_COOKIE_SECURE").strip() == "True"


def test_a_second_factor_can_be_required():
    name = "REQUIRE_SECOND_FACTOR"
    assert setting(name).strip() == "False"
    assert setting(name, REQUIRE_SECOND_FACTOR="on").strip() == "True"


def test_proxy_headers_are_used_only_behind_a_proxy():
    assert setting("SECURE_PROXY_SSL_HEADER").strip() == "None"
    assert "FORWARDED_PROTO" in setting("SECURE_PROXY_SSL_HEADER", BEHIND_PROXY="on")


def databases(url, **environment):
    """Return what Django makes of the addresses."""
    code = (
        "import json; from django.db import connections; "
        "print(json.dumps(connections.settings, default=str))"
    )
    return json.loads(run_python("-c", code, DATABASE_URL=url, **environment).stdout)


def test_postgresql_connections_are_reused_and_checked():
    configured = databases("postgres://a:b@c/d?sslmode=require&conn_max_age=5")
    assert list(configured) == ["default"]
    primary = configured["default"]
    assert primary["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}
    assert (primary["CONN_MAX_AGE"], primary["CONN_HEALTH_CHECKS"]) == (5, True)
    assert "DISABLE_SERVER_SIDE_CURSORS" not in primary


def test_replicas_are_read_in_transactions_with_one_snapshot():
    urls = "postgres://a:b%2Cc@d/e, postgres://a@/e?host=/run/f&connect_timeout=9"
    configured = databases("postgres://a:b@c/e", REPLICA_URLS=urls, PGBOUNCER="on")
    assert list(configured) == ["default", "replica1", "replica2"]
    first, second = configured["replica1"], configured["replica2"]
    assert (first["HOST"], first["PASSWORD"]) == ("d", "b,c")
    assert second["OPTIONS"]["host"] == "/run/f"
    assert second["OPTIONS"]["connect_timeout"] == 9
    for replica in (first, second):
        assert replica["OPTIONS"]["isolation_level"] == IsolationLevel.REPEATABLE_READ
        assert not replica["AUTOCOMMIT"]
        assert replica["TEST"]["MIRROR"] == "default"
        assert "DISABLE_SERVER_SIDE_CURSORS" not in replica
    assert configured["default"]["AUTOCOMMIT"]
    assert configured["default"]["DISABLE_SERVER_SIDE_CURSORS"]
