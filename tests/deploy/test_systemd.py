"""The units of deploy/systemd/, judged by systemd itself."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.cluster.servers import DEPLOY
from tests.cluster.topology import WORKER_COMMAND

pytestmark = pytest.mark.once

UNITS = DEPLOY / "systemd"


def read_all():
    return {path.name: path.read_text() for path in UNITS.rglob("*") if path.is_file()}


def verify(folder, name):
    """Return what systemd complains about in a unit of the folder."""
    verified = subprocess.run(
        ["systemd-analyze", "verify", folder / name],  # noqa: S607
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:"},
        capture_output=True,
        text=True,
    )
    return verified.stderr


@pytest.fixture
def copied_units(tmp_path):
    """The units with a Python that this machine has."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    for path in folder.glob("*.service"):
        text = path.read_text().replace(
            "/srv/casebase/.venv/bin/python", sys.executable
        )
        path.write_text(text)
    return folder


def test_systemd_accepts_the_units(copied_units):
    units = [path.name for path in copied_units.iterdir() if path.is_file()]
    assert "casebase-web.service" in units
    for unit in units:
        name = unit.replace("@.", "@1.")
        assert verify(copied_units, name) == "", unit


def test_systemd_complains_about_a_mistake(copied_units):
    unit = copied_units / "casebase-web.service"
    unit.write_text(unit.read_text().replace("Type=notify", "Type=notifies"))
    assert "notifies" in verify(copied_units, unit.name)


def test_every_service_has_the_common_settings():
    """The folder casebase-.service.d is for all names that begin with “casebase-”."""
    services = [name for name in read_all() if name.endswith(".service")]
    assert "casebase-web.service" in services
    assert all(name.startswith("casebase-") for name in services)
    assert not [name for name in services if "User=" in read_all()[name]]


def test_commands_of_units_exist():
    texts = read_all()
    timers = {name for name in texts if name.endswith(".timer")}
    commands = {re.search(r"@(\w+)\.timer$", name)[1] for name in timers}
    commands |= set(re.findall(r"manage\.py (\w+)", "".join(texts.values())))
    assert commands == {"backup", "wait_for_database", WORKER_COMMAND}
