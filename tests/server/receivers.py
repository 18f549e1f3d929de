# SPDX-License-Identifier: Apache-2.0
"""Those who are told: a receiver of webhooks and a mail server, on free ports of the loopback."""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import socketserver
import threading
import time


def wait_for(what, condition, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {seconds} seconds")


def is_signed(headers, body, secret):
    """Standard Webhooks 1.0.0, from its text: HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(it, wanted) for it in headers["webhook-signature"].split(" "))


class Receiver:
    """Keeps every request; answers with `status`, or not before `released` where `hangs`."""

    def __init__(self, status=200, hangs=False):
        self.status, self.hangs = status, hangs
        self.requests, self.messages = [], []
        self.released = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = outer.status
                outer.requests.append((headers, body))
                if outer.hangs:
                    outer.released.wait(120)
                if 200 <= status < 300:
                    outer.messages.append((headers["webhook-id"], json.loads(body)))
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"

    def of_type(self, kind):
        return [(number, message["data"]) for number, message in list(self.messages) if message["type"] == kind]

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class MailServer:
    """As little SMTP as a client needs; keeps (sender, recipients, message). With `tls` (an SSLContext) from the first byte, or after
    STARTTLS where `starts`; with `users` nobody sends who has not signed in as one of them."""

    def __init__(self, tls=None, starts=False, users=None):
        self.mails, self.seen = [], []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def setup(self):
                if tls and not starts:
                    self.request = tls.wrap_socket(self.request, server_side=True)
                super().setup()

            def say(self, text):
                self.wfile.write(text.encode() + b"\r\n")

            def greet(self, is_secret):
                offers = ["receiver"] + ["STARTTLS"] * bool(starts and not is_secret) + ["AUTH PLAIN"] * bool(users and is_secret)
                for it in offers[:-1]:
                    self.say(f"250-{it}")
                self.say(f"250 {offers[-1]}")

            def starts_tls(self):
                self.say("220 go on")
                self.request = tls.wrap_socket(self.request, server_side=True)
                self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

            def is_user(self, word):
                _, _, given = word.partition(" PLAIN")
                if not given.strip():
                    self.say("334 ")
                    given = self.rfile.readline().decode()
                _, user, password = base64.b64decode(given.strip()).decode().split("\0")
                return users.get(user) == password

            def data(self):
                self.say("354 go on")
                text = b""
                for part in iter(self.rfile.readline, b".\r\n"):
                    text += part.removeprefix(b".") if part.startswith(b"..") else part
                return email.message_from_bytes(text, policy=email.policy.default)

            def handle(self):
                try:
                    self.talk()
                except (OSError, ValueError):
                    outer.seen.append("cut off")

            def talk(self):
                self.say("220 receiver ESMTP")
                sender, to, is_secret, is_in = "", [], bool(tls and not starts), not users
                while line := self.rfile.readline():
                    word = line.decode().strip()
                    verb = word.upper().partition(" ")[0]
                    outer.seen.append(verb)
                    if verb == "QUIT":
                        return self.say("221 bye")
                    if verb in ("EHLO", "HELO"):
                        self.greet(is_secret)
                        continue
                    if verb == "STARTTLS":
                        self.starts_tls()
                        is_secret = True
                        continue
                    if verb == "AUTH":
                        is_in = is_secret and self.is_user(word)
                        self.say("235 welcome" if is_in else "535 who are you")
                        continue
                    if not is_in and verb != "NOOP":
                        self.say("530 sign in first")
                        continue
                    if verb == "MAIL":
                        sender, to = word[10:].split(" ")[0].strip("<>"), []
                    elif verb == "RCPT":
                        to.append(word[8:].strip("<> "))
                    elif verb == "DATA":
                        outer.mails.append((sender, to, self.data()))
                    self.say("250 ok")

        class Threads(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Threads(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
