# SPDX-License-Identifier: Apache-2.0
"""What /metrics tells is what was sent; what a supervisor is told; what a refusal says to programs."""
import os
import pathlib
import re
import socket
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402


def scrape(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        kind, text = answer.headers["Content-Type"], answer.read().decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return kind, {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines}, text


def scrape_once_counted(url, last):
    """A request is counted once its answer is out, so the last one may come a moment later."""
    until = time.monotonic() + 60
    while True:
        scraped = scrape(url)
        if last in scraped[1] or time.monotonic() > until:
            return scraped
        time.sleep(0.02)


def what_was_sent_is_counted(folder):
    server = Server(folder).prepare().person("anna", "steward", "administrator")
    keys = {source: run("--data", server.data, "key", "add", "a sender", "--source", source, "--scope", "events.send").out.strip()
            for source in ("mail", "anna@example.se", "berit@example.se")}
    server.environment = {"HANDSLAG_METRICS_LISTEN": "127.0.0.1:0"}
    with server:
        url = server.said(r"Metrics at (\S+)").group(1)
        server.sign_in("anna")
        server.send([event(i, "order.placed", f"A{i}") for i in range(7)])
        server.send([event(1, "order.placed", "A1"), {"id": "bad"}])
        # A source that looks like a person is not told by name.
        for source, key in keys.items():
            status, body, _ = server.ask("POST", "/v1/events", event(9, "order.placed", "A9"), key=key)
            expect(f"sent as {source}", status, 200)
        server.wait_evaluated(body["position"])
        for number in range(3):
            server.ask("GET", f"/v1/rejects/{number + 100}", signed_in=True)
        server.ask("GET", "/nothing/anna@example.se")
        of = 'http_request_duration_seconds_count{method="%s",route="%s",status="%d"}'
        kind, found, text = scrape_once_counted(url, of % ("GET", "none", 404))
        expect("its form", kind, "text/plain; version=0.0.4; charset=utf-8")
        for source, outcome, count in (("shop", "accepted", 8), ("shop", "rejected", 1), ("shop", "refused", 0), ("mail", "accepted", 1),
                                       ("other", "accepted", 2)):
            expect(f"{outcome} of {source}", found.get(f'ingest_events_total{{source="{source}",outcome="{outcome}"}}'), count)
        expect("doubled", found["handslag_duplicate_events_total"], 1)
        expect("evaluated", found["handslag_events_total"], 10)
        expect("rejects that wait", found["handslag_rejects_waiting"], 1)
        expect("instances", found["handslag_instances"], 10)
        expect("nothing waits", found["handslag_watch_waiting_events"], 0)
        expect("requests by pattern", found.get(of % ("GET", "/v1/rejects/{number}", 404)), 3)
        expect("batches", found.get(of % ("POST", "/v1/events", 200)), 5)
        expect("no route", found.get(of % ("GET", "none", 404)), 1)
        expect("no personal data", [word for word in ("anna", "berit", "example.se") if word in text], [])
        expect("buckets add up", found['http_request_duration_seconds_bucket{method="POST",route="/v1/events",status="200",le="+Inf"}'], 5)
        expect("memory", found["process_resident_memory_bytes"] > 1e6, True)
        expect("commits of the intake", found["handslag_intake_commit_seconds_count"] >= 1, True)
        names = set(re.findall(r"^# TYPE (\S+)", text, re.M))
        written = (pathlib.Path(os.environ["HANDSLAG_SOURCE_DIR"]) / "contract/metrics.md").read_text()
        expect("all stand in the contract", sorted(it for it in names if f"`{it}" not in written), [])
        try:
            urllib.request.urlopen(url.replace("/metrics", "/v1/state"), timeout=30)
            expect("nothing else answers there", "200", "404")
        except urllib.error.HTTPError as refused:
            expect("nothing else answers there", refused.code, 404)
        expect("the server itself has no /metrics", server.ask("GET", "/metrics")[0], 404)
        expect("a clean end", server.stop(), 0)


def the_supervisor_hears(folder):
    path = str(folder / "notify")
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(path)
    manager.settimeout(60)
    server = Server(folder).prepare()
    server.environment = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "300000"}
    with server:
        heard = manager.recv(4096).decode()
        expect("ready", heard.splitlines()[0], "READY=1")
        expect_in("and where", server.url, heard)
        expect("alive", [manager.recv(4096) for _ in range(3)], [b"WATCHDOG=1"] * 3)
        server.process.terminate()
        while (heard := manager.recv(4096)) == b"WATCHDOG=1":
            pass
        expect("stopping", heard, b"STOPPING=1")
        expect("a clean end", server.process.wait(timeout=60), 0)


def a_refusal_says_how_long(folder):
    server = Server(folder).prepare().person("anna", "steward")
    with server:
        # Five failures are free; the waits double from then on, so that a slow machine comes to one as well.
        for _ in range(15):
            status, _, headers = server.ask("POST", "/v1/session", {"login": "anna", "password": "wrong"})
            if status == 429:
                break
        expect("throttled", status, 429)
        wait = headers["Retry-After"]
        expect("the policy", headers["RateLimit-Policy"], '"sign-in";q=5;w=86400')
        expect("what is left", headers["RateLimit"], f'"sign-in";r=0;t={wait}')


run_all([what_was_sent_is_counted, the_supervisor_hears, a_refusal_says_how_long])
