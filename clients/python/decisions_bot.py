#!/usr/bin/python3
"""A bot: one line per decision, on stdout or posted to a webhook, whatever is killed in between.

    decisions_bot.py [--server HOST:PORT|https://HOST:PORT] [--cursor FILE] [--post URL]

Needs Debian's python3-grpcio and the modules that clients/python/generate makes, on PYTHONPATH.
GAVEL_TOKEN_FILE names a file with a token; GAVEL_AS a person, to `gaveld --dev` only.

At least once: how far it got is stored after each line, so a kill repeats one line at most. Exit
code 1 when going on needs a person: who we are is not known, the log is another one, or the cursor
cannot be stored.
"""

import argparse
import base64
import http.client
import json
import os
import pathlib
import random
import sys
import time
import urllib.request

import grpc
from google.rpc import error_details_pb2, status_pb2

from gavel.v1 import spec_pb2, watch_service_pb2, watch_service_pb2_grpc

# A killed server shows as any of the first three; one that is busy as the last.
PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL, grpc.StatusCode.ABORTED,
           grpc.StatusCode.RESOURCE_EXHAUSTED}

CHANNEL_OPTIONS = [
    ("grpc.keepalive_time_ms", 30_000),  # A server throws off clients that ping every 20 s or less.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1_000),
]


def who():
    """Metadata that says who calls."""
    if "GAVEL_TOKEN_FILE" in os.environ:
        token = pathlib.Path(os.environ["GAVEL_TOKEN_FILE"]).read_text("utf-8").strip()
        return [("authorization", f"Bearer {token}")]
    return [("gavel-principal", os.environ["GAVEL_AS"])] if "GAVEL_AS" in os.environ else []


def connect(server):
    """A channel; a token goes to another machine only over TLS."""
    if server.startswith("https://"):
        credentials = grpc.ssl_channel_credentials()
        return grpc.secure_channel(server.removeprefix("https://"), credentials, CHANNEL_OPTIONS)
    host = server.rsplit(":", maxsplit=1)[0]
    if "GAVEL_TOKEN_FILE" in os.environ and host not in ("127.0.0.1", "localhost", "[::1]"):
        sys.exit(f"{server} is another machine without TLS: give https://HOST:PORT")
    return grpc.insecure_channel(server, CHANNEL_OPTIONS)


def reason_of(error):
    """Gavel's reason for an error, `STATE_NOT_ALLOWED`; empty where the transport broke."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info) and info.domain == "gavel.dev":
                    return info.reason
    return ""


def load_place(path):
    """(cursor, seq): the server's word for a place, and the last event seen after it."""
    if not path.exists():
        return b"", 0
    try:
        cursor, seq = path.read_text("ascii").split(".")
        return base64.urlsafe_b64decode(cursor), int(seq)
    except ValueError:
        sys.exit(f"{path} holds no cursor: delete it to begin anew")


def save_place(path, cursor, seq):
    """A crash leaves the place before or the one after, never half of one."""
    written = path.with_name(path.name + ".new")
    with written.open("w", encoding="ascii") as file:
        file.write(f"{base64.urlsafe_b64encode(cursor).decode()}.{seq}")
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)


def line_of(event):
    decision = event.decision_recorded.decision
    outcome = spec_pb2.DecisionOutcome.Name(decision.outcome).removeprefix("DECISION_OUTCOME_")
    return f"{event.seq} {event.spec} {outcome}: {decision.rationale}"


class WebhookError(Exception):
    """A line did not arrive; it is sent again."""


def webhook(text):
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text} is no http:// or https:// address")
    return text


def tell(line, url):
    if not url:
        print(line, flush=True)
        return
    request = urllib.request.Request(url, json.dumps({"text": line}).encode(),
                                     {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except (OSError, http.client.HTTPException) as error:
        raise WebhookError(f"{url}: {error}") from error


def follow(watcher, cursor_file, url):
    """One stream. Yields after each response, so that the caller knows that the server lives."""
    cursor, seen = load_place(cursor_file)
    request = watch_service_pb2.WatchEventsRequest(cursor=cursor)
    request.filter.types.append("DecisionRecorded")
    for response in watcher.WatchEvents(request, metadata=who()):
        for event in response.events:
            if event.seq > seen:
                tell(line_of(event), url)
                seen = event.seq
                save_place(cursor_file, cursor, seen)
        cursor = response.cursor
        save_place(cursor_file, cursor, seen)
        yield


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--server", default=os.environ.get("GAVEL_SERVER", "127.0.0.1:4283"))
    parser.add_argument("--cursor", type=pathlib.Path, default=pathlib.Path("decisions.cursor"))
    parser.add_argument("--post", metavar="URL", type=webhook,
                        help="send each line there as JSON, `text`")
    options = parser.parse_args()
    watcher = watch_service_pb2_grpc.WatchServiceStub(connect(options.server))
    ceiling_s = 1
    while True:
        try:
            for _ in follow(watcher, options.cursor, options.post):
                ceiling_s = 1
        except grpc.RpcError as error:
            if error.code() not in PASSING:
                print(f"{reason_of(error) or error.code().name}: {error.details()}",
                      file=sys.stderr)
                return 1
        except WebhookError as error:
            print(error, file=sys.stderr)
        except OSError as error:  # A file of ours: what it should remember would be said again.
            print(error, file=sys.stderr)
            return 1
        time.sleep(random.uniform(0, ceiling_s))
        ceiling_s = min(ceiling_s * 2, 30)


if __name__ == "__main__":
    sys.exit(main())
