# SPDX-License-Identifier: Apache-2.0
"""A disk that takes its time or is full, and a clock that is set forward and back: nothing acknowledged is lost, nothing counts twice, deadlines go by
the clock as it is, sessions end, and who asks is answered. And everybody signing in at once, who keep nobody else waiting."""
import json
import pathlib
import struct
import sys
import threading
import time
import urllib.request

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
    """A disk that stands still, and then moves: nobody is answered before it has the events, all who wait share its commits, and who asks waits for no disk."""
    flag = folder / "still"
    server = on_a_bad_machine(administrator(folder), FAULT_STILL=str(flag))
    server.environment["HANDSLAG_METRICS_LISTEN"] = "127.0.0.1:0"
    acknowledged, lock = [], threading.Lock()

    def send(sender):
        ids = [f"{sender}-{i}" for i in range(10)]
        status, _, _ = server.send([event(it, "order.placed", it) for it in ids])
        with lock:
            acknowledged.extend(ids if status == 200 else [])

    with server:
        metrics = server.said(r"Metrics at (\S+)").group(1)

        def metric(name):
            with urllib.request.urlopen(metrics, timeout=30) as answer:
                return next(float(line.split()[1]) for line in answer.read().decode().splitlines() if line.startswith(name + " "))

        server.sign_in("anna")
        card = "/v1/card?identifier=email:anna@example.se"
        for turn in range(4):
            # A source that is heard of for the first time is written down, and that waits for the disk.
            server.wait_evaluated(server.send([event(f"{turn}-first", "order.placed", f"{turn}-first")])[1]["position"])
            before = metric("handslag_intake_commit_seconds_count")
            flag.touch()
            threads = [threading.Thread(target=send, args=(f"{turn}-{sender}",)) for sender in range(12)]
            for thread in threads:
                thread.start()
            wait_for("all wait for the disk", lambda: metric("handslag_intake_queued_batches") == 12)
            expect("who asks waits for no disk", (server.ask("GET", "/livez")[0], server.ask("GET", card, signed_in=True)[0]), (200, 200))
            expect("nobody is answered before the disk has it", len(acknowledged), turn * 120)
            flag.unlink()
            for thread in threads:
                thread.join()
            commits = metric("handslag_intake_commit_seconds_count") - before
            expect(f"the first, and one for all who came meanwhile: {commits}", commits <= 2, True)
        server.kill()
    server.environment = {}
    with server:
        expect("a clean end", server.stop(), 0)
    found = [it["activation"]["id"] for it in json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out)]
    expect("all were taken", len(acknowledged), 480)
    expect("lost or counted twice", sorted(found), sorted([*acknowledged, *(f"{turn}-first" for turn in range(4))]))


def card_while_the_log_is_written(folder):
    """The log comes to a disk that stands still: who is on the phone has her card all the same."""
    flag = folder / "still"
    server = on_a_bad_machine(administrator(folder), FAULT_STILL=str(flag))

    def wait_for_the_writing():
        """What needs the live system as a whole waits for its end."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                server.ask("GET", "/v1/sources", signed_in=True, timeout=1)
            except TimeoutError:
                return
        raise AssertionError("the log was never written")

    with server:
        server.sign_in("anna")
        server.wait_evaluated(server.send([event(1, "order.placed", "A1")])[1]["position"])
        flag.touch()
        written = []
        # What has just come is written before it is read from the log.
        asking = threading.Thread(target=lambda: written.append(server.ask("GET", "/v1/customers/c1/timeline", signed_in=True)[0]))
        asking.start()
        wait_for_the_writing()
        status, card, _ = server.ask("GET", "/v1/card?identifier=email:anna@example.se", signed_in=True)
        expect("her card", (status, [it["about"]["order"] for it in card["promises"]]), (200, ["A1"]))
        expect("still being written", (written, asking.is_alive()), ([], True))
        flag.unlink()
        asking.join()
        expect("written", written, [200])
        expect("a clean end", server.stop(), 0)


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

    def overtaken():
        """How many came in while one was asked: nearly as many as wait, where it waits behind them."""
        before = len(statuses)
        expect("answered", server.ask("GET", "/v1/gap", signed_in=True)[0], 200)
        return len(statuses) - before

    with server:
        server.sign_in("anna")
        threads = [threading.Thread(target=sign_in_again_and_again, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        wait_for("all at it", lambda: len(statuses) >= 2)
        beside = sorted(overtaken() for _ in range(9))[4]
        done.set()
        for thread in threads:
            thread.join()
        expect("all came in", set(statuses), {200})
        expect(f"{beside} of ten passwords were tried before a gap was told", beside <= 4, True)


run_all([slow_disk, card_while_the_log_is_written, full_disk, clock_that_is_set, everybody_signs_in_at_once])
