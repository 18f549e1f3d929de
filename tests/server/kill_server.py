# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random instants while batches come in, with events that are late, doubled, corrected and withdrawn, and customers who are joined: nothing
that was answered with 2xx is lost, nothing counts twice, and the server says of every instance what a batch says of the log that it leaves."""
import json
import pathlib
import random
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import expect, run, run_all  # noqa: E402

ROUNDS, SENDERS = 8, 3
HOUR = 3600


def batch_of(stem, n):
    """Events about the two mail addresses of one batch, and of the one before it what comes late. Verdicts by hand, under "within 2 h": of
    `wanted` they are certain when this batch was taken; what was withdrawn has none."""
    name, one, other = f"{stem}-{n}", f"{stem}-{n}@one.example", f"{stem}-{n}@other.example"

    def placed(what, hours):
        return event(f"{name}-{what}", "order.placed", f"{name}-{what}", hours * HOUR, one)

    def delivered(what, hours, number="", email=one):
        return event(f"{name}-{what}-out{number}", "order.delivered", f"{name}-{what}", hours * HOUR, email)

    twice = delivered("doubled", 4)
    joining = {**event(f"{name}-same", "customer.updated", f"{name}-same", HOUR, one), "subject": [{"type": "email", "value": it} for it in (one, other)]}
    events = [placed("pending", 0), placed("late", 5),
              placed("doubled", 5), twice, twice,
              placed("corrected", 5), delivered("corrected", 4), {**delivered("corrected", 1, 2), "replaces": f"{name}-corrected-out"},
              placed("voided", 5), {**event(f"{name}-void", "order.voided", f"{name}-voided", HOUR, one), "voids": f"{name}-voided"},
              placed("joined", 5), delivered("joined", 4, email=other), joining]
    wanted = {f"{name}-{what}": verdict for what, verdict in (("pending", "pending"), ("doubled", "kept"), ("corrected", "late"), ("joined", "kept"))}
    if n > 0:
        before = f"{stem}-{n - 1}"
        events.append(event(f"{before}-late-out", "order.delivered", f"{before}-late", 4 * HOUR, f"{before}@one.example"))
        wanted[f"{before}-late"] = "kept"
    return one, events, wanted


class Traffic:
    """What was sent, and what was answered with 2xx."""

    def __init__(self, server):
        self.server, self.lock = server, threading.Lock()
        self.customers, self.wanted, self.voided, self.acknowledged = [], {}, set(), 0

    def send_until_dead(self, stem):
        for n in range(10_000):
            customer, events, wanted = batch_of(stem, n)
            with self.lock:
                self.customers.append(customer)
            # Why twice: what was not acknowledged is sent again by a careful client.
            for _ in range(2):
                try:
                    status = self.server.send(events)[0]
                except OSError:
                    return
                except Exception:  # an answer that was cut off
                    return
                if status == 200:
                    with self.lock:
                        self.wanted.update(wanted)
                        self.voided.add(f"{stem}-{n}-voided")
                        self.acknowledged += 1


def told(instances):
    """The verdict of each, with when it was due; none twice."""
    ids = [it["activation"]["id"] for it in instances]
    expect("counted twice", len(ids) - len(set(ids)), 0)
    return {it["activation"]["id"]: (it["verdict"], it["due"]) for it in instances}


def as_the_server_says(server, customers):
    server.sign_in("anna")
    server.wait_evaluated(server.ask("GET", "/v1/state", signed_in=True)[1]["durable_position"])
    instances = []
    for customer in customers:
        query = urllib.parse.urlencode({"customer": f"email:{customer}", "limit": 1000})
        status, body, _ = server.ask("GET", f"/v1/promises/in-two-hours/instances?{query}", signed_in=True)
        if status != 404:  # never taken
            assert status == 200, (status, body)
            instances += body["instances"]
    return told(instances)


def killed_while_sending(folder):
    server = Server(folder).prepare().person("anna", "steward", "analyst", "administrator", "front_line")
    random.seed(20261122)
    traffic = Traffic(server)
    for round_number in range(ROUNDS):
        server.start()
        threads = [threading.Thread(target=traffic.send_until_dead, args=(f"{round_number}-{sender}",)) for sender in range(SENDERS)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.05, 0.6))
        server.kill()
        for thread in threads:
            thread.join()
    with server:  # takes over what the intake holds
        live = as_the_server_says(server, traffic.customers)
        expect("a clean end", server.stop(), 0)
    batch = told(json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out))
    expect("events came in at all", traffic.acknowledged > 20, True)
    expect("the server and the batch", {key: (live.get(key), batch.get(key)) for key in {*live, *batch} if live.get(key) != batch.get(key)}, {})
    found = {key: batch.get(key, (None,))[0] for key in traffic.wanted}
    expect("lost, or judged otherwise than by hand", {key: found[key] for key in found if found[key] != traffic.wanted[key]}, {})
    expect("withdrawn and judged all the same", sorted(traffic.voided & set(batch))[:5], [])
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)


run_all([killed_while_sending])
