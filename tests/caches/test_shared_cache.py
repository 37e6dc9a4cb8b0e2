"""A cache that machines share, on a real server that fails in several ways."""

import pickle

import pytest
from django.core.cache.backends.locmem import LocMemCache
from redis import Redis

from casebase.caches import outage, shared_cache
from casebase.caches.outage import Outage
from casebase.caches.shared_cache import SharedCache
from casebase.caches.two_levels import TwoLevelCache
from tests.redis_server import needs_redis, running_server

pytestmark = needs_redis


@pytest.fixture
def server():
    with running_server() as server:
        yield server


@pytest.fixture
def no_pause(monkeypatch):
    """Each request is late enough to ask the server again."""
    monkeypatch.setattr(outage, "PAUSE_SECONDS", 0)


class Machine(TwoLevelCache):
    """The cache of a process, whose memory and connections no other one has."""

    def __init__(self, url):
        super().__init__(url, {"KEY_PREFIX": "answers", "TIMEOUT": 60})
        self.memory = LocMemCache(f"memory {id(self)}", {})
        self.memory.clear()
        self.server = SharedCache(url)


def outages(caplog):
    return [record.getMessage() for record in caplog.records]


def test_what_one_machine_has_cached_others_find(server):
    first, second = Machine(server.url()), Machine(server.url())
    assert second.get("page", "nothing") == "nothing"
    first.set("page", {"of": "Weyhe"})
    assert second.get("page") == {"of": "Weyhe"}


def test_memory_is_read_before_the_server(server):
    first, second = Machine(server.url()), Machine(server.url())
    first.set("page", "Weyhe")
    second.get("page")
    client = Redis.from_url(server.url())
    before = client.info("commandstats")["cmdstat_get"]["calls"]
    assert first.get("page") == second.get("page") == "Weyhe"
    assert client.info("commandstats")["cmdstat_get"]["calls"] == before


def test_entries_on_the_server_end(server):
    machine, client = Machine(server.url()), Redis.from_url(server.url())
    machine.set("page", "Weyhe")
    machine.set("other", "Weyhe", 5)
    ends = {client.ttl(key) for key in client.scan_iter()}
    assert {60, 5} >= ends
    assert len(ends) == 2


def test_caches_of_the_same_server_do_not_mix(server):
    machine, other = Machine(server.url()), Machine(server.url())
    other.key_prefix = "cards"
    machine.set("key", "page")
    assert other.get("key") is None


def test_all_caches_of_a_process_have_one_connection_pool(server):
    params = {"KEY_PREFIX": "a"}
    url = server.url()
    assert TwoLevelCache(url, params).server is TwoLevelCache(url, params).server


@pytest.mark.parametrize("failure", ["kill", "pause"])
def test_a_server_that_fails_is_an_empty_cache(server, failure, caplog, monkeypatch):
    monkeypatch.setitem(shared_cache.OPTIONS, "socket_timeout", 0.01)
    machine = Machine(server.url())
    machine.set("page", "in memory")
    getattr(server, failure)()
    for number in range(20):
        assert machine.get(f"other-{number}") is None
        machine.set(f"other-{number}", number)
    assert machine.get("page") == "in memory"
    assert machine.get("other-19") == 19
    (message,) = outages(caplog)
    assert message.startswith("The cache server can't be read: ")


def test_a_server_that_does_not_answer_is_asked_once(server, monkeypatch):
    monkeypatch.setitem(shared_cache.OPTIONS, "socket_timeout", 0.01)
    machine, client = Machine(server.url()), Redis.from_url(server.url())
    machine.get("page")
    before = client.info("stats")["total_connections_received"]
    server.pause()
    for _ in range(20):
        machine.get("page")
    server.go_on()
    # After each attempt it would connect anew.
    assert client.info("stats")["total_connections_received"] == before


def test_a_server_that_is_back_is_used_again(server, no_pause, caplog):
    machine, other = Machine(server.url()), Machine(server.url())
    server.kill()
    assert machine.get("page") is None
    assert machine.get("page") is None
    server.start()
    assert machine.get("page") is None
    machine.set("page", "Weyhe")
    assert other.get("page") == "Weyhe"
    first, second = outages(caplog)
    assert "can't be read" in first
    assert second == "The cache server can be read again."


def test_a_server_that_was_away_before_its_first_use(server, caplog):
    server.kill()
    machine = Machine(server.url())
    machine.set("page", "Weyhe")
    assert machine.get("page") == "Weyhe"
    (message,) = outages(caplog)
    assert "can't be read" in message


def test_a_wrong_password_is_an_outage_and_not_logged(caplog):
    with running_server(requirepass="right") as server:
        Machine(server.url("right")).set("page", "Weyhe")
        assert Machine(server.url("right")).get("page") == "Weyhe"
        assert Machine(server.url("wrong-one")).get("page") is None
        assert Machine(server.url()).get("page") is None
    first, second = outages(caplog)
    assert "invalid username-password" in first
    assert "client already authenticated" in second
    assert "wrong-one" not in caplog.text


def test_a_full_server_is_still_read(server, no_pause, caplog):
    machine, client = Machine(server.url()), Redis.from_url(server.url())
    machine.set("page", "Weyhe")
    client.config_set("maxmemory", 1)
    for number in range(5):
        machine.set(f"other-{number}", "too much")
    assert Machine(server.url()).get("page") == "Weyhe"
    client.config_set("maxmemory", 0)
    machine.set("next", "fits")
    assert Machine(server.url()).get("next") == "fits"
    first, second = outages(caplog)
    assert first.startswith("The cache server can't be written: ")
    assert second == "The cache server can be written again."


def test_an_option_of_the_address_that_nobody_knows_is_an_outage(server, caplog):
    assert Machine(f"{server.url()}?no_such_option=1").get("page") is None
    assert "no_such_option" in caplog.text


class Bomb:
    """Code that runs when its pickle is read."""

    def __reduce__(self):
        return pytest.fail, ("An entry of somebody else was read.",)


@pytest.mark.parametrize("entry", [pickle.dumps(Bomb()), b"", b"1", b"x" * 32])
def test_entries_that_this_site_has_not_written_are_ignored(server, entry, caplog):
    machine, client = Machine(server.url()), Redis.from_url(server.url())
    machine.set("page", "Weyhe")
    [key] = client.scan_iter()
    client.set(key, entry)
    assert Machine(server.url()).get("page") is None
    client.set(key, client.get(key)[:32] + entry)
    assert Machine(server.url()).get("page") is None
    assert outages(caplog) == []


def test_another_key_of_the_site_makes_other_entries(server, settings):
    Machine(server.url()).set("page", "Weyhe")
    settings.SECRET_KEY = "another one"  # noqa: S105
    assert Machine(server.url()).get("page") is None


def test_after_a_pause_one_thread_asks(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(outage, "monotonic", lambda: now[0])
    state = Outage("read")
    assert state.may_try()
    state.begin(OSError("Away."))
    assert not state.may_try()
    now[0] = outage.PAUSE_SECONDS
    assert [state.may_try() for _ in range(3)] == [True, False, False]
    state.end()
    assert [state.may_try() for _ in range(3)] == [True, True, True]


class LockOfAnother:
    """A lock that another thread held, which has meanwhile ended the outage."""

    def __init__(self, state):
        self.state = state

    def __enter__(self):
        self.state._next_attempt = None

    def __exit__(self, *_):
        pass


def test_a_thread_that_waited_until_the_outage_ended_asks(caplog):
    for act in (Outage.may_try, Outage.end):
        state = Outage("read")
        state.begin(OSError("Away."))
        state._lock = LockOfAnother(state)
        assert act(state) is not False
    assert len(outages(caplog)) == 2
