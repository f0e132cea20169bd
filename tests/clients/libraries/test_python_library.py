"""Every method of fixtures/examples/python once; the cases are those of node_library.test.mjs."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
from msc_emulator import EmulatorError, WaitTimeout, start_emulator

NOON = "2024-06-30T12:00:00.000Z"


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def test_the_clock(emulator):
    assert emulator.clock.get()["currentInstant"] == NOON
    assert emulator.clock.advance(minutes=1)["currentInstant"] == "2024-06-30T12:01:00.000Z"
    assert emulator.clock.advance(timedelta(milliseconds=1))["currentInstant"] == "2024-06-30T12:01:00.001Z"
    video = emulator.videos.add(OriginalFileName="a.mp4", state="Processing")
    assert emulator.clock.advance_to_next()["fired"][0]["videoId"] == video["Id"]
    assert emulator.clock.scale(60)["mode"] == "scaled"
    assert emulator.clock.freeze("2030-01-01T00:00:00Z")["currentInstant"] == "2030-01-01T00:00:00.000Z"
    instant = datetime(2031, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert emulator.clock.freeze(instant)["currentInstant"] == "2031-01-01T00:00:00.000Z"
    assert emulator.clock.freeze()["mode"] == "frozen"
    assert emulator.clock.reset()["currentInstant"] == NOON


def test_faults(emulator):
    fault = emulator.faults.add(match={"operation": "GetFormats"}, action={"status": 503})
    with pytest.raises(urllib.error.HTTPError):
        get(f"{emulator.url}/api/Formats")
    assert emulator.faults.get(fault["id"])["fired"] == 1
    assert len(emulator.faults.list()) == 1
    emulator.faults.remove(fault["id"])
    emulator.faults.add(action={"fixedDelayMilliseconds": 1})
    emulator.faults.clear()
    assert emulator.faults.list() == []


def test_requests(emulator):
    get(f"{emulator.url}/api/Formats")
    with pytest.raises(urllib.error.HTTPError):
        get(f"{emulator.url}/api/Format")
    assert emulator.requests.wait(operation="GetFormats") == 1
    assert emulator.requests.count() == 2
    first = emulator.requests.find(operation="GetFormats")[0]
    assert '"Extension"' in emulator.requests.get(first["id"])["response"]["body"]
    assert emulator.requests.unmatched()[0]["nearest"]["path"] == "/api/Formats"
    assert "no route" in emulator.requests.explain(2)["because"][0]
    assert [each["id"] for each in emulator.requests.list(since=0, limit=1)] == [1]
    assert [each["id"] for each in emulator.requests.list(unmatched=True)] == [2]
    emulator.requests.clear()
    assert emulator.requests.list() == []


def test_a_wait_that_ends_without_success_shows_what_there_is(emulator):
    get(f"{emulator.url}/api/Formats")
    with pytest.raises(WaitTimeout, match="GetFormats") as error:
        emulator.requests.wait(operation="GetVideo", count=2, timeout=0)
    assert error.value.answer["count"] == 0
    video = emulator.videos.add(OriginalFileName="a.mp4")
    with pytest.raises(WaitTimeout, match="Pending"):
        emulator.videos.wait(video["Id"], "Completed", timeout=0)


def test_videos(emulator):
    id = emulator.videos.add(OriginalFileName="a.mp4", state="Processing")["Id"]
    assert emulator.videos.get(id)["state"] == "Processing"
    assert emulator.videos.wait(id, "Processing")["Id"] == id
    failed = emulator.videos.set_state(id, "Failed", code=5, reason="too long")
    assert failed["failure"] == {"code": 5, "reason": "too long"}
    emulator.videos.set_state(id, "Processing")
    emulator.videos.set_program(id, {"state": "Processing", "polls": 1}, {"state": "Completed"})
    get(f"{emulator.url}/api/Videos/{id}/Status")
    assert b"Completed" in get(f"{emulator.url}/api/Videos/{id}/Status")
    other = emulator.videos.add(OriginalFileName="b.mp4")["Id"]
    assert [each["Id"] for each in emulator.videos.list(limit=1)] == [id]
    assert [each["Id"] for each in emulator.videos.list(after=id)] == [other]
    emulator.videos.delete(id)
    with pytest.raises(EmulatorError, match=f"no video {id}.*hint"):
        emulator.videos.get(id)


def test_the_program_of_later_videos(emulator):
    assert emulator.transitions.set(progression="polls", times=3)["times"] == 3
    assert emulator.transitions.get()["progression"] == "polls"
    assert emulator.transitions.reset()["progression"] == "time"


def test_snapshots_and_reset(emulator):
    emulator.videos.add(OriginalFileName="a.mp4")
    emulator.snapshots.take("one video")
    emulator.reset(keep=["clock"])
    assert emulator.videos.list() == []
    emulator.snapshots.restore("one video")
    assert len(emulator.videos.list()) == 1
    assert emulator.snapshots.list() == ["one video"]
    emulator.snapshots.delete("one video")
    assert emulator.snapshots.list() == []


def test_what_the_emulator_says_of_itself(emulator):
    assert emulator.diagnostics() == []
    assert emulator.config()["strict"]
    assert emulator.blob_url == f"{emulator.url}/devstoreaccount1"
    assert emulator.admin_url == f"{emulator.url}/__admin"


def test_flags_count_more_than_the_defaults():
    with start_emulator("--loose", "--clock", "frozen=2030-01-01T00:00:00Z") as emulator:
        assert emulator.config()["loose"] and not emulator.config()["strict"]
        assert emulator.clock.get()["currentInstant"] == "2030-01-01T00:00:00.000Z"


@pytest.mark.emulator("--seed", "demo")
class TestMarks:
    def test_a_mark_adds_flags(self, emulator):
        assert len(emulator.videos.list()) == 4

    @pytest.mark.emulator("--random-seed", "43")
    def test_marks_add_up(self, emulator):
        assert (emulator.config()["seed"], emulator.config()["randomSeed"]) == ("demo", 43)


def test_it_stops_once_and_then_no_longer_answers():
    emulator = start_emulator()
    emulator.stop()
    emulator.stop()
    with pytest.raises(EmulatorError, match="no emulator answers at"):
        emulator.videos.list()


def test_a_bad_flag_is_an_error_with_what_the_program_says():
    with pytest.raises(EmulatorError, match="exit code 2(.|\n)*--clock"):
        start_emulator("--clock", "never")


def test_a_program_that_is_not_there_is_an_error_that_says_what_to_do(monkeypatch):
    monkeypatch.setenv("MSC_EMULATOR", "/nowhere/msc-emulator")
    with pytest.raises(EmulatorError, match="MSC_EMULATOR is '/nowhere/msc-emulator'.* PATH"):
        start_emulator()
    monkeypatch.delenv("MSC_EMULATOR")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EmulatorError, match="no msc-emulator in PATH.* MSC_EMULATOR"):
        start_emulator()


def test_the_program_is_found_in_path(monkeypatch, tmp_path):
    (tmp_path / "msc-emulator").symlink_to(os.environ["MSC_EMULATOR"])
    monkeypatch.delenv("MSC_EMULATOR")
    monkeypatch.setenv("PATH", str(tmp_path))
    with start_emulator() as emulator:
        assert emulator.videos.list() == []


def test_it_ends_with_a_process_that_is_killed():
    code = "import msc_emulator; print(msc_emulator.start_emulator().url, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        url = urlsplit(parent.stdout.readline().decode().strip())
        with socket.create_connection((url.hostname, url.port)) as connection:
            parent.send_signal(signal.SIGKILL)
            with contextlib.suppress(ConnectionResetError):  # It is the end of the connection, too.
                assert connection.recv(1) == b""
