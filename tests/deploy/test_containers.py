"""The Dockerfile and compose.yaml. No engine runs here, so no image is built."""

import os
import re
import runpy
import shutil
import subprocess
import sys

import pytest
import yaml
from gunicorn.config import GracefulTimeout

from tests.cluster.servers import DEPLOY
from tests.cluster.topology import ROOT, WORKER_COMMAND
from tests.deploy.test_nginx import running_machine

pytestmark = pytest.mark.once

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web-1", "web-2", "worker-1", "worker-2", "migrate")
SECRETS = {
    "SECRET_KEY": "the key",
    "ALLOWED_HOSTS": "casebase.example",
    "DATABASE_PASSWORD": "one",
    "REPLICA_PASSWORD": "two",
}


def compose_client():
    """Return the command of a client of Compose, or None."""
    for client in (["docker", "compose"], ["docker-compose"]):
        version = [*client, "version"]
        if shutil.which(client[0]) and not subprocess.call(
            version, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ):
            return client
    return None


def test_compose_accepts_the_file(tmp_path):
    if not (client := compose_client()):
        pytest.skip("needs docker compose")
    # Not those of the .env of this machine.
    variables = tmp_path / "env"
    variables.write_text("".join(f"{name}={text}\n" for name, text in SECRETS.items()))
    file = ["--file", ROOT / "compose.yaml", "--env-file", variables]
    accepted = subprocess.run(
        [*client, *file, "config"], capture_output=True, text=True
    )
    assert accepted.returncode == 0, accepted.stderr
    environment = yaml.safe_load(accepted.stdout)["services"]["web-1"]["environment"]
    assert environment["DATABASE_URL"] == "postgres://casebase:one@primary/casebase"


@pytest.mark.parametrize("name", SECRETS)
def test_compose_asks_for_secrets_that_are_not_set(name):
    assert f"${{{name}:?Set it in .env" in (ROOT / "compose.yaml").read_text()


@pytest.mark.parametrize("name", OURS)
def test_containers_of_the_site_may_do_little(name):
    service = SERVICES[name]
    assert service["image"] == "casebase"
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_machines_share_files_that_readers_get_and_no_caches():
    volumes = [SERVICES[name]["volumes"] for name in OURS[:4]]
    assert all("storage:/var/lib/casebase" in mounted for mounted in volumes)
    caches = {v for mounted in volumes for v in mounted if "/var/cache/" in v}
    assert len(caches) == 4


def test_open_requests_have_time_to_end():
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    seconds = settings.get("graceful_timeout", GracefulTimeout.default)
    assert int(SERVICES["web-1"]["stop_grace_period"].rstrip("s")) > seconds
    unit = (DEPLOY / "systemd/casebase-web.service").read_text()
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > seconds


def test_workers_run_jobs_and_web_machines_do_not():
    assert SERVICES["worker-1"]["command"][-1] == WORKER_COMMAND
    assert SERVICES["worker-1"]["environment"]["JOB_PROCESSES"] == "1"
    assert SERVICES["web-1"]["environment"]["JOB_PROCESSES"] == "0"


def test_the_site_gets_the_variables_that_it_reads():
    given = SERVICES["web-1"]["environment"].keys()
    described = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    left_out = {
        *("DEBUG", "STATIC_ROOT", "CACHE_DIR"),
        *("CSRF_TRUSTED_ORIGINS", "CROSSREF_API", "PGBOUNCER"),
    }
    assert set(described) - left_out <= given


def test_the_image_gets_nothing_but_what_is_listed():
    """So no .env, no database and no file that somebody forgot."""
    first, *others = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert first == "*"
    listed = {line[1:] for line in others if line.startswith("!")}
    assert {line.strip("/").partition("/")[0] for line in listed} == {
        *("casebase", "initiatives", "references", "templates", "static", "fixtures"),
        *("requirements", "deploy", "gunicorn.conf.py", "manage.py"),
    }
    assert all((ROOT / name).exists() for name in listed)


def health_check(port, path, hosts="casebase.example"):
    code = (DEPLOY / "healthcheck.py").read_text().replace("8000", str(port))
    checked = subprocess.run(
        [sys.executable, "-c", code, path],
        env=os.environ | {"ALLOWED_HOSTS": hosts},
        capture_output=True,
        text=True,
    )
    return checked.returncode, checked.stderr


def test_a_container_is_well_if_its_site_says_so():
    with running_machine() as machine:
        port = machine.server_port
        machine.statuses["/ready/"] = 503
        assert health_check(port, "/health/") == (0, "")
        assert health_check(port, "/ready/", ".a.example, b")[0] == 1
    code, reason = health_check(port, "/health/", "*")
    assert code == 1
    assert "refused" in reason
