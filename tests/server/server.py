# SPDX-License-Identifier: Apache-2.0
"""A server of the program's own on a free port of the loopback, and requests to it."""
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "commands"))
from program import PROGRAM, run  # noqa: E402

PASSWORD = "grön häst går hem"
PROMISE = """promise in-two-hours "Delivered in two hours"
  kept by logistics
  when order.placed then order.delivered within 2 h, same order
  target 95%
"""


# settings/hooks/SOURCE.toml, without a signature.
HOOK = """[hook]
signature = "none"
[[event]]
type = "order.placed"
when = "time"
id = "id"
subject = [{ type = "email", column = "email" }]
"""


class Server:
    """`with Server(folder) as server:`; the data directory is folder/data."""

    def __init__(self, folder, config=None):
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.options = []
        if config is not None:
            (folder / "server.toml").write_text(config)
            self.options = ["--config", str(folder / "server.toml")]
        self.process = None
        self.port = 0
        self.cookie = self.csrf = None
        self.environment = {}
        self.scheme = "http"

    def prepare(self, promise=PROMISE):
        text = self.data.parent / "p.promise"
        text.write_text(promise)
        assert run("--data", self.data, "promise", "publish", text).code == 0
        self.key = run("--data", self.data, "key", "add", "shop", "--source", "shop", "--scope", "events.send").out.strip()
        return self

    def person(self, login, *roles):
        options = [word for role in roles for word in ("--role", role)]
        assert run("--data", self.data, "person", "add", login, *options, stdin=PASSWORD + "\n").code == 0
        return self

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([PROGRAM, "--data", str(self.data), "serve", "--listen", "127.0.0.1:0",
                                             *self.options],
                                            stdout=subprocess.PIPE, stderr=log, text=True,
                                            env={**os.environ, "LC_ALL": "C.UTF-8", **self.environment})
        line = self.process.stdout.readline()
        found = re.search(rf"{self.scheme}://127\.0\.0\.1:(\d+)", line)
        assert found, f"the server did not say where it answers: {line!r}"
        self.port = int(found.group(1))
        return self

    def logged(self):
        """Every line of its log, which is JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def said(self, pattern):
        """The next line that it says and that fits."""
        for line in self.process.stdout:
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"the server never said {pattern!r}")

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=60)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=60)

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, headers=None, key=None, signed_in=False, timeout=60):
        headers = dict(headers or {})
        if key:
            headers["Authorization"] = f"Bearer {key}"
        if signed_in:
            headers.update({"Cookie": self.cookie, "X-CSRF-Token": self.csrf})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request(method, path, body=body.encode() if isinstance(body, str) else body, headers=headers)
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        kind = answer.headers.get("Content-Type", "")
        return answer.status, json.loads(raw) if "json" in kind else raw, answer.headers

    def sign_in(self, login):
        status, body, headers = self.ask("POST", "/v1/session", {"login": login, "password": PASSWORD})
        assert status == 200, (status, body)
        self.cookie, self.csrf = headers["Set-Cookie"].split(";")[0], body["csrf"]
        return self

    def send(self, events):
        return self.ask("POST", "/v1/events", events, key=self.key)

    def wait_evaluated(self, position):
        """Until the live system has taken everything up to the position."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            status, body, _ = self.ask("GET", "/v1/state", signed_in=True)
            assert status == 200, (status, body)
            if body["evaluated_position"] >= position:
                return body
            time.sleep(0.02)
        raise AssertionError(f"position {position} was not evaluated in 30 seconds")


class Stream:
    """Server-sent events as they come."""

    def __init__(self, server, query="", headers=""):
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        self.socket.sendall(f"GET /v1/stream{query} HTTP/1.1\r\nHost: x\r\nCookie: {server.cookie}\r\n{headers}\r\n".encode())
        self.text = b""

    def until(self, part):
        return self.until_true(lambda: part in self.text)

    def through(self, part):
        """To the end of the message that holds the part."""
        return self.until_true(lambda: b"\n\n" in self.text.partition(part)[2])

    def until_true(self, is_enough):
        while not is_enough():
            more = self.socket.recv(65536)
            if not more:
                break
            self.text += more
        return self.text.decode()

    def has_ended(self):
        """Whether the server ends it, within half a minute."""
        try:
            self.until(b"\0")
            return True
        except TimeoutError:
            return False

    def close(self):
        self.socket.close()


def event(number, kind, order, seconds_ago=0, email="anna@example.se"):
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds_ago))
    return {"id": str(number), "type": kind, "time": moment, "subject": [{"type": "email", "value": email}],
            "keys": {"order": order}}
