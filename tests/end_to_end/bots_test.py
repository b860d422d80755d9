"""The example bots in Python and shell against a real gaveld, and the page that shows them.

Usage: bots_test.py BIN_DIR POLICY_DIR

Checks: each says every decision once and in order while gaveld is killed with SIGKILL, and goes on
where it was after it was killed itself; the one in Python posts to a webhook that fails in between,
and ends, saying why, where going on needs a person; each line of `gavel watch` goes on after itself.
"""

import http.server
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading

from following import follow_through_kills
from gavel_service import Service, expect
from line_reader import PATIENCE_S, LineReader

CLIENTS = pathlib.Path(__file__).resolve().parents[2] / "clients"
SHELL_BOT = CLIENTS / "shell/decisions_bot"
# Debian's, which has python3-grpcio.
PYTHON_BOT = ["/usr/bin/python3", CLIENTS / "python/decisions_bot.py"]


class Webhook:
    """Takes JSON objects; answers 503 to the third, once."""

    def __init__(self):
        texts, self.taken, self.refused = queue.Queue(), 0, 0
        webhook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fails = webhook.refused == 0 and webhook.taken == 2
                webhook.refused += fails
                webhook.taken += not fails
                if not fails:
                    texts.put(json.loads(body)["text"])
                self.send_response(503 if fails else 204)
                self.end_headers()

            def log_message(self, *unused):
                pass

        self.texts = texts
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def shell_bot(service, cursor):
    env = service.environment("ana")
    return LineReader([SHELL_BOT, cursor], env=env | {"PATH": f"{service.bin}:{env['PATH']}"})


def python_environment(service, person="ana"):
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(service.root / "modules"),
            "GAVEL_SERVER": service.address, "GAVEL_AS": person}


def python_bot(service, *words, person="ana"):
    return LineReader([*PYTHON_BOT, *words], env=python_environment(service, person))


def test_webhook_that_fails_gets_every_line(service, count):
    webhook = Webhook()
    cursor = service.root / "webhook.cursor"
    with python_bot(service, "--cursor", cursor, "--post", webhook.url):
        texts = [webhook.texts.get(timeout=PATIENCE_S) for _ in range(count)]
    expect(webhook.refused == 1, "the webhook was not tried again")
    expect(len(set(texts)) == count, f"not each line once: {texts}")


def test_ends_where_it_needs_a_person(service):
    for words, variables, expected in [
            (["--cursor", service.root / "none"], {"GAVEL_AS": "nobody-we-know"},
             "SIGN_IN_REQUIRED"),
            (["--cursor", service.root / "bad"], {}, "CURSOR_INVALID"),
            (["--cursor", service.root / "other"], {}, "holds no cursor"),
            (["--cursor", service.root / "no/such/folder"], {}, "No such file"),
            (["--post", "foo"], {}, "no http://"),
            (["--server", "gavel.example:4283"], {"GAVEL_TOKEN_FILE": "/dev/null"},
             "another machine without TLS"),
    ]:
        (service.root / "bad").write_text("bm8=.0")
        (service.root / "other").write_text("bm8=")
        done = subprocess.run([*PYTHON_BOT, *words], env=python_environment(service) | variables,
                              capture_output=True, text=True, timeout=60, check=False)
        expect(done.returncode in (1, 2) and expected in done.stderr, f"{expected}: {done.stderr}")
        expect("Traceback" not in done.stderr, done.stderr)


def test_each_line_goes_on_after_itself(service, count):
    """Also where many lines came in one response."""
    def watch(start):
        return LineReader([service.bin / "gavel", "watch", "--from", start, "--filter",
                           "type=DecisionRecorded"], env=service.environment("ana"))

    with watch("0") as log:
        lines = [json.loads(line) for line in log.take(count)]
    for line, after in zip(lines[:5], lines[1:]):
        with watch(line["cursor"]) as log:
            first = json.loads(log.take(1)[0])
        expect(first["seq"] == after["seq"], f"{first['seq']} comes after {line['seq']}")


def test_the_page_shows_the_shell_bot():
    page = (CLIENTS.parent / "docs/clients.md").read_text()
    expect(SHELL_BOT.read_text() in page, "docs/clients.md and clients/shell/decisions_bot differ")


def main():
    bin_dir, policy_dir = sys.argv[1:3]
    with Service(bin_dir, policy_dir) as service:
        subprocess.run([CLIENTS / "python/generate", service.root / "modules"], check=True)
        cursor = service.root / "cursor"
        count = follow_through_kills(
            service, lambda: python_bot(service, "--cursor", cursor))
        test_webhook_that_fails_gets_every_line(service, count)
        test_ends_where_it_needs_a_person(service)
    with Service(bin_dir, policy_dir) as service:
        follow_through_kills(service, lambda: shell_bot(service, service.root / "cursor"))
        test_each_line_goes_on_after_itself(service, count)
    test_the_page_shows_the_shell_bot()
    print(f"decisions={count}, gaveld killed 3 times, the bot once")
    print("6 passed, 0 failed")


main()
