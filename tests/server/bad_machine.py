# SPDX-License-Identifier: Apache-2.0
"""A disk that takes its time or is full, and a clock that is set forward and back: nothing acknowledged is lost, nothing counts twice, deadlines go by
the clock as it is, sessions end, and who asks is answered. And everybody signing in at once, who keep nobody else waiting."""
import json
import pathlib
import struct
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from receivers import wait_for  # noqa: E402
from server import PASSWORD, Server, Stream, event  # noqa: E402
from program import expect, run, run_all  # noqa: E402

MACHINE = sys.argv[1]
HOUR = 3600


def on_a_bad_machine(server, **faults):
    # Why the last: the address sanitizer wants to stand before all others.
    server.environment = {"LD_PRELOAD": MACHINE, "ASAN_OPTIONS": "verify_asan_link_order=0", **faults}
    return server


def administrator(folder):
    return Server(folder).prepare().person("anna", "steward", "front_line", "owner", "analyst", "administrator")


def slow_disk(folder):
    server = on_a_bad_machine(administrator(folder), FAULT_SYNC_MS="300")
    acknowledged, took = [], []
    lock = threading.Lock()

    def send(sender):
        for n in range(4):
            began = time.monotonic()
            status, body, _ = server.send([event(f"{sender}-{n}-{i}", "order.placed", f"{sender}-{n}-{i}") for i in range(10)])
            with lock:
                took.append(time.monotonic() - began)
                if status == 200:
                    acknowledged.extend(f"{sender}-{n}-{i}" for i in range(10))

    with server:
        server.sign_in("anna")
        threads = [threading.Thread(target=send, args=(sender,)) for sender in range(12)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        alive = []
        while any(thread.is_alive() for thread in threads):
            asked = time.monotonic()
            expect("alive meanwhile", (server.ask("GET", "/livez")[0], server.ask("GET", "/v1/promises", signed_in=True)[0]), (200, 200))
            alive.append(time.monotonic() - asked)
        whole = time.monotonic() - began
        for thread in threads:
            thread.join()
        expect("none was answered before the disk had it", min(took) >= 0.3, True)
        expect("many share one commit: 48 took less than 20 would alone", whole < 20 * 0.3 * 2, True)
        expect("who asks waits for no disk, mostly", sorted(alive)[len(alive) // 2] < 1, True)
        server.kill()
    server.environment = {}
    with server:
        expect("a clean end", server.stop(), 0)
    found = [it["activation"]["id"] for it in json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out)]
    expect("all were taken", len(acknowledged), 480)
    expect("lost or counted twice", sorted(found), sorted(acknowledged))


def full_disk(folder):
    """While there is no room, nothing is taken, and the log says why without saying whose events they were; then all goes on by itself."""
    full = folder / "full"
    server = on_a_bad_machine(administrator(folder), FAULT_FULL=str(full))
    secrets = ("karin.hemlig@example.se", "0701234567", "H-778899")
    acknowledged, refused = [], []

    def send(number):
        told = {**event(number, "order.placed", secrets[2] if number % 2 else f"A{number}", email=secrets[0]), "data": {"note": secrets[1]}}
        status, _, headers = server.send([told])
        (acknowledged if status == 200 else refused).append(str(number))
        return status, headers

    def ready():
        return server.ask("GET", "/readyz")[0]

    def fills_up(first):
        expect("room", send(first)[0], 200)
        full.touch()
        for number in range(first + 1, first + 4):
            status, headers = send(number)
            expect("no room", (status, headers["Retry-After"]), (503, "10"))
        wait_for("who asks for the way is sent elsewhere, since the log is behind", lambda: ready() == 503)
        wait_for("verdicts stand still", lambda: server.ask("GET", "/v1/sources", signed_in=True)[0] == 503)
        expect("alive all the same", server.ask("GET", "/livez")[0], 200)

    with server:
        server.sign_in("anna")
        fills_up(1)
        full.unlink()
        wait_for("ready again", lambda: ready() == 200)
        expect("room again", send(10)[0], 200)
        fills_up(11)
        server.kill()
    full.unlink()
    with server:
        expect("after a kill in the midst of it too", send(20)[0], 200)
        expect("a clean end", server.stop(), 0)
    found = [it["activation"]["id"] for it in json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out)]
    expect("lost, or taken though it was refused", sorted(found), sorted(acknowledged))
    expect("refused", refused, ["2", "3", "4", "12", "13", "14"])
    lines = server.logged()
    failed = [line for line in lines if line.get("status", 0) >= 500]
    expect("each failure has its reason", [line for line in failed if not line.get("reason")], [])
    expect("which failed", {line["route"] for line in failed}, {"/v1/events", "/v1/sources", "/readyz"})
    expect("it is the disk", [line for line in failed if "No space left" not in line["reason"] and "disk is full" not in line["reason"]], [])
    log = server.log.read_text()
    expect("nobody's data in the log", [secret for secret in (*secrets, "@") if secret in log], [])
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)


def clock_that_is_set(folder):
    offset = folder / "clock"

    def set_clock(hours):
        with open(offset, "r+b" if offset.exists() else "wb") as file:
            file.write(struct.pack("<q", int(hours * HOUR)))

    set_clock(0)
    server = on_a_bad_machine(administrator(folder), FAULT_CLOCK=str(offset))

    def verdict():
        status, body, _ = server.ask("GET", "/v1/promises/in-two-hours/instances", signed_in=True)
        assert status == 200, (status, body)
        return [it["verdict"] for it in body["instances"]]

    with server:
        server.sign_in("anna")
        server.wait_evaluated(server.send([event(1, "order.placed", "A1")])[1]["position"])
        expect("just placed", verdict(), ["pending"])
        set_clock(3)
        server.sign_in("anna")  # three hours are more than the half that a session may rest
        wait_for("broken when its time has passed", lambda: verdict() == ["broken"])
        set_clock(-1)
        server.sign_in("anna")
        wait_for("pending again, since its time has not come", lambda: verdict() == ["pending"])
        revisions = server.ask("GET", "/v1/revisions", signed_in=True)[1]["revisions"]
        expect("what was told and was not so", [(it["before"], it["after"]) for it in revisions], [("broken", "pending")])
        server.wait_evaluated(server.send([event(2, "order.placed", "A2", seconds_ago=HOUR), event(3, "order.delivered", "A1", seconds_ago=-60)])[1]["position"])
        expect("events come in as ever", sorted(verdict()), ["kept", "pending"])
        stream = Stream(server)
        stream.until(b"retry")
        set_clock(13)
        expect("a session that is over ends its stream", stream.has_ended(), True)
        expect("and lets nobody in", server.ask("GET", "/v1/promises", signed_in=True)[0], 401)
        server.sign_in("anna")
        wait_for("the second is broken", lambda: sorted(verdict()) == ["broken", "kept"])
        set_clock(0)
        server.sign_in("anna")
        expect("still ready", server.ask("GET", "/readyz")[0], 200)
        expect("a clean end", server.stop(), 0)
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)
    expect("the trail is whole", run("--data", server.data, "audit", "verify").code, 0)


def everybody_signs_in_at_once(folder):
    """Hashing takes long, one at a time: who asks long questions does not queue behind all those passwords."""
    names = [f"p{number}" for number in range(10)]
    server = administrator(folder)
    for name in names:
        server.person(name, "analyst")
    done = threading.Event()
    statuses = []

    def sign_in_again_and_again(name):
        while not done.is_set():
            statuses.append(server.ask("POST", "/v1/session", {"login": name, "password": PASSWORD})[0])

    def took(ask):
        began = time.monotonic()
        expect("answered", ask(), 200)
        return time.monotonic() - began

    with server:
        server.sign_in("anna")
        alone = sorted(took(lambda: server.ask("POST", "/v1/session", {"login": "p0", "password": PASSWORD})[0]) for _ in range(3))[1]
        threads = [threading.Thread(target=sign_in_again_and_again, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        wait_for("all at it", lambda: len(statuses) >= 2)
        beside = sorted(took(lambda: server.ask("GET", "/v1/gap", signed_in=True)[0]) for _ in range(7))[3]
        done.set()
        for thread in threads:
            thread.join()
        expect("all came in", set(statuses), {200})
        expect(f"a gap beside them takes {beside:.2f} s, one password {alone:.2f} s", beside < 5 * alone, True)


run_all([slow_disk, full_disk, clock_that_is_set, everybody_signs_in_at_once])
