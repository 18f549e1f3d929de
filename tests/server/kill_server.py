# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random instants while batches come in: nothing that was answered with 2xx is lost, nothing counts twice."""
import json
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import expect, run, run_all  # noqa: E402

ROUNDS, SENDERS = 8, 3


def killed_while_sending(folder):
    server = Server(folder).prepare()
    random.seed(20261122)
    acknowledged, sent = set(), 0
    lock = threading.Lock()

    def send_until_dead(sender, round_number):
        nonlocal sent
        for n in range(10_000):
            ids = [f"{round_number}-{sender}-{n}-{i}" for i in range(5)]
            # Why twice: what was not acknowledged is sent again by a careful client.
            for _ in range(2):
                try:
                    status, body, _ = server.send([event(it, "order.placed", it) for it in ids])
                except OSError:
                    return
                except Exception:  # an answer that was cut off
                    return
                with lock:
                    sent += 1
                    if status == 200:
                        acknowledged.update(ids)

    for round_number in range(ROUNDS):
        server.start()
        threads = [threading.Thread(target=send_until_dead, args=(s, round_number)) for s in range(SENDERS)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.05, 0.6))
        server.kill()
        for thread in threads:
            thread.join()
    with server:  # takes over what the intake holds
        expect("a clean end", server.stop(), 0)
    found = json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out)
    ids = [it["activation"]["id"] for it in found]
    expect("events came in at all", len(acknowledged) > 50, True)
    expect("lost", sorted(acknowledged - set(ids))[:5], [])
    expect("counted twice", len(ids) - len(set(ids)), 0)
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)


run_all([killed_while_sending])
