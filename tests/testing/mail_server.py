#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) that keeps what it takes in a Maildir, and fails on request.

    mail_server.py FOLDER

Writes `127.0.0.1:SMTPPORT 127.0.0.1:CONTROLPORT` into FOLDER/mail.address. Runs with Debian's own
Python, which has python3-aiosmtpd.

POST /control on the control port takes a JSON object of these keys:

    rcpt: ["451 later", …]   answers to the next RCPT commands
    data: ["554 no", …]      answers to the next mails, which are then not taken
    drop_answers: N          take the next N mails, then close the connection without an answer
    slow: S                  wait S seconds before every answer to a mail
    greylist: B              451 for the first attempt of every sender and recipient

POST /state answers {"mails": […]}: every mail in the order of arrival as Python's `email` reads it.
"""

import asyncio
import collections
import email
import email.policy
import http.server
import json
import mailbox
import os
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

PASSWORD = b"mail-secret"


class Handler:
    """Takes mails into the Maildir unless a fault says otherwise."""

    def __init__(self, folder):
        self.box = mailbox.Maildir(os.path.join(folder, "Maildir"), create=True)
        self.order = []
        self.seen = set()
        self.attempts = collections.Counter()
        self.faults = {"rcpt": [], "data": [], "drop_answers": 0, "slow": 0, "greylist": False}

    async def handle_RCPT(self, _server, _session, envelope, address, options):
        self.attempts["rcpt"] += 1
        if self.faults["rcpt"]:
            return self.faults["rcpt"].pop(0)
        pair = (envelope.mail_from, address)
        if self.faults["greylist"] and pair not in self.seen:
            self.seen.add(pair)
            return "451 4.7.1 Greylisted, try again"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.faults["data"]:
            return self.faults["data"].pop(0)
        self.keep(session, envelope)
        if self.faults["drop_answers"] > 0:
            self.faults["drop_answers"] -= 1
            server.transport.abort()
        await asyncio.sleep(self.faults["slow"])
        return "250 Taken"

    def keep(self, session, envelope):
        login = session.auth_data.login.decode() if session.auth_data else ""
        head = f"X-From: {envelope.mail_from}\r\nX-To: {' '.join(envelope.rcpt_tos)}\r\nX-Login: {login}\r\n"
        self.order.append(self.box.add(head.encode() + envelope.original_content))

    def state(self):
        return {"mails": [describe(self.box.get_bytes(key)) for key in self.order],
                "attempts": self.attempts}


def describe(raw):
    """What a mail program makes of the bytes; `defects` are what it finds wrong."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [{"type": part.get_content_type(), "charset": part.get_content_charset(),
              "encoding": part["Content-Transfer-Encoding"], "text": part.get_content(),
              "defects": [str(defect) for defect in part.defects]}
             for part in mail.iter_parts()]
    lines = raw.split(b"\r\n")
    return {"headers": [[name, str(value)] for name, value in mail.items()],
            "type": mail.get_content_type(), "parts": parts,
            "defects": [str(d) for d in mail.defects]
                       + [f"{n}: {d}" for n, v in mail.items() for d in v.defects],
            "longest_line": max(map(len, lines)), "ascii": raw.isascii(),
            "bare_line_ends": raw.replace(b"\r\n", b"").count(b"\n"), "raw": raw.decode("latin-1")}


def authenticate(_server, _session, _envelope, _mechanism, data):
    """AUTH succeeds with the one password."""
    return AuthResult(success=data.password == PASSWORD, handled=False, auth_data=data)


def control_server(handler, loop):
    """The HTTP side; every change happens on the SMTP server's own thread."""

    class Control(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            answer = asyncio.run_coroutine_threadsafe(self.run(body), loop).result()
            text = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        async def run(self, body):
            if self.path == "/control":
                handler.faults.update(body)
            return handler.state()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Control)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


async def main(folder):
    loop = asyncio.get_running_loop()
    handler = Handler(folder)
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="mail.test", auth_require_tls=False,
                     authenticator=authenticate, loop=loop), "127.0.0.1", 0)
    smtp = server.sockets[0].getsockname()[1]
    control = control_server(handler, loop)
    path = os.path.join(folder, "mail.address")
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(f"127.0.0.1:{smtp} 127.0.0.1:{control}")
    # The addresses appear only when they are whole.
    os.replace(path + ".new", path)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
