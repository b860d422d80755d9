#!/usr/bin/env python3
"""A strict Slack: refuses what the real one refuses, and fails the ways the real one fails.

    fake_slack.py ADDRESS_FILE

Listens on a free port of 127.0.0.1 and writes `127.0.0.1:PORT` into ADDRESS_FILE. Offers
`/api/chat.postMessage`, `/api/chat.update`, `/api/conversations.history`,
`/api/conversations.open`, `/api/conversations.replies` and the incoming webhook `/services/hook`.
A message to a member (`U…`) lands in the one conversation with that member (`D…`).

Every request that breaks a documented rule is answered as Slack does and kept in `violations`. What
to do wrong is set by POST /control with a JSON object of these keys:

    drop_answers: N     accept the next N posts, then close the connection without an answer
    fail: [STATUS, …]   answer the next requests with these HTTP statuses, nothing taken
    retry_after: S      the Retry-After of those answers, seconds
    one_per_second: B   429 with Retry-After 1 for a second post to a channel within a second
    slow: B             send answers byte by byte
    delete: TS          somebody deletes a message
    members: [ID, …]    who is in the workspace; U02CHEN and U02DEE at the start

POST /state answers everything: {"messages": […], "violations": […], "requests": N}.
"""

import http.server
import json
import os
import re
import sys
import threading
import time
import urllib.parse

TOKEN = "xoxb-test"
TOTAL_CHARS_MAX = 4000
BLOCKS_MAX = 50
PAGE_MAX = 15

POST_KEYS = {"channel", "text", "blocks", "metadata", "unfurl_links", "thread_ts", "reply_broadcast"}
UPDATE_KEYS = {"channel", "ts", "text", "blocks", "metadata"}
BLOCK_KEYS = {
    "section": {"type", "text", "fields"},
    "actions": {"type", "elements"},
    "context": {"type", "elements"},
}


class Refused(Exception):
    """An `ok: false` answer; the argument is Slack's error word."""


def need(condition, word):
    """Refuses with `word` unless `condition` holds."""
    if not condition:
        raise Refused(word)


def check_text(text, kinds, chars_max):
    """A text object of Block Kit."""
    need(isinstance(text, dict) and set(text) == {"type", "text"}, "invalid_blocks")
    need(text["type"] in kinds and 1 <= len(text["text"]) <= chars_max, "invalid_blocks")


def check_block(block):
    """One block: known keys, known kinds, documented lengths."""
    kind = block.get("type")
    need(kind in BLOCK_KEYS and set(block) <= BLOCK_KEYS[kind], "invalid_blocks")
    if kind == "section":
        need("text" in block or "fields" in block, "invalid_blocks")
        if "text" in block:
            check_text(block["text"], {"mrkdwn", "plain_text"}, 3000)
        need(len(block.get("fields", [])) <= 10, "invalid_blocks")
        for field in block.get("fields", []):
            check_text(field, {"mrkdwn", "plain_text"}, 2000)
    elif kind == "context":
        need(1 <= len(block["elements"]) <= 10, "invalid_blocks")
        for element in block["elements"]:
            check_text(element, {"mrkdwn", "plain_text"}, 2000)
    else:
        need(1 <= len(block["elements"]) <= 25, "invalid_blocks")
        for button in block["elements"]:
            need(set(button) == {"type", "text", "url"} and button["type"] == "button", "invalid_blocks")
            check_text(button["text"], {"plain_text"}, 75)
            need(len(button["url"]) <= 3000, "invalid_blocks")


def texts_in(value):
    """Every text in a structure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def check_body(body):
    """What posts and updates have in common."""
    need(isinstance(body.get("text"), str) and body["text"].strip(), "no_text")
    need(len(body.get("blocks", [])) <= BLOCKS_MAX, "invalid_blocks")
    for block in body.get("blocks", []):
        check_block(block)
    written = [body["text"], body.get("blocks", [])]
    need(sum(map(len, texts_in(written))) <= TOTAL_CHARS_MAX, "msg_blocks_too_long")
    for text in texts_in(written):
        need(not re.search(r"<!(channel|here|everyone)|<@|<#", text), "a mention got through")
    metadata = body.get("metadata")
    if metadata is not None:
        need(set(metadata) == {"event_type", "event_payload"}, "invalid_metadata_format")
        need(all(isinstance(v, str) for v in metadata["event_payload"].values()), "invalid_metadata_format")


class Workspace:
    """The channels of one workspace, and what goes wrong in it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.messages = []
        self.violations = []
        self.requests = 0
        self.last_ts = 0
        self.last_post = {}
        self.faults = {"drop_answers": 0, "fail": [], "retry_after": None, "one_per_second": False,
                       "slow": False, "members": ["U02CHEN", "U02DEE"]}

    def next_ts(self):
        self.last_ts = max(self.last_ts + 1, int(time.time() * 1e6))
        return f"{self.last_ts // 1000000}.{self.last_ts % 1000000:06}"

    def find(self, channel, ts):
        for message in self.messages:
            if (message["channel"], message["ts"]) == (channel, ts) and not message["deleted"]:
                return message
        return None

    def conversation_with(self, member):
        """The id of the one conversation with a member."""
        need(member in self.faults["members"], "user_not_found")
        return "D" + member[1:]

    def open(self, form):
        need(set(form) == {"users"}, "invalid_arguments")
        return {"ok": True, "channel": {"id": self.conversation_with(form["users"])}}

    def post(self, body):
        need(set(body) <= POST_KEYS, f"unknown_key {sorted(set(body) - POST_KEYS)}")
        check_body(body)
        channel = body["channel"]
        if channel.startswith("U"):
            need(channel in self.faults["members"], "channel_not_found")
            channel = self.conversation_with(channel)
        need(channel[:1] in ("C", "D"), "channel_not_found")
        thread = body.get("thread_ts", "")
        need(not thread or self.find(channel, thread), "thread_not_found")
        need(thread or not body.get("reply_broadcast"), "invalid_arguments")
        message = {"channel": channel, "ts": self.next_ts(), "thread_ts": thread, "deleted": False,
                   "edits": 0, "broadcast": bool(body.get("reply_broadcast")), "text": body["text"],
                   "blocks": body.get("blocks", []), "metadata": body.get("metadata", {})}
        self.messages.append(message)
        return {"ok": True, "channel": channel, "ts": message["ts"]}

    def update(self, body):
        need(set(body) <= UPDATE_KEYS, f"unknown_key {sorted(set(body) - UPDATE_KEYS)}")
        check_body(body)
        message = self.find(body["channel"], body["ts"])
        need(message, "message_not_found")
        message.update(text=body["text"], blocks=body.get("blocks", []), edits=message["edits"] + 1)
        if "metadata" in body:
            message["metadata"] = body["metadata"]
        return {"ok": True, "channel": body["channel"], "ts": body["ts"]}

    def page(self, form, messages):
        limit = int(form.get("limit", "100"))
        need(1 <= limit <= PAGE_MAX, "invalid_limit")
        need(float(form.get("oldest", "0")) < float(form.get("latest", "9e9")), "invalid_ts_latest")
        inside = [m for m in messages if float(form.get("oldest", "0")) < float(m["ts"])
                  <= float(form.get("latest", "9e9"))]
        start = int(form.get("cursor", "0") or "0")
        shown = [{"type": "message", "ts": m["ts"], "text": m["text"],
                  **({"metadata": m["metadata"]} if form.get("include_all_metadata") == "true" else {})}
                 for m in inside[start:start + limit]]
        more = start + limit < len(inside)
        return {"ok": True, "messages": shown, "has_more": more,
                "response_metadata": {"next_cursor": str(start + limit) if more else ""}}

    def history(self, form):
        """Newest first; replies only where they were broadcast."""
        found = [m for m in self.messages if m["channel"] == form["channel"] and not m["deleted"]
                 and (not m["thread_ts"] or m["broadcast"])]
        return self.page(form, found[::-1])

    def replies(self, form):
        """The parent and its thread, oldest first."""
        need(self.find(form["channel"], form["ts"]), "thread_not_found")
        return self.page(form, [m for m in self.messages if m["channel"] == form["channel"]
                                and not m["deleted"] and form["ts"] in (m["ts"], m["thread_ts"])])

    def control(self, body):
        if "delete" in body:
            for message in self.messages:
                message["deleted"] |= message["ts"] == body["delete"]
        self.faults.update({key: value for key, value in body.items() if key != "delete"})
        return {"ok": True}

    def state(self):
        return {"messages": self.messages, "violations": self.violations, "requests": self.requests}


class Handler(http.server.BaseHTTPRequestHandler):
    """One request at a time, under the workspace's lock."""

    protocol_version = "HTTP/1.1"
    workspace = Workspace()

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.workspace.lock:
            self.handle_locked(body)

    def handle_locked(self, body):
        space = self.workspace
        if self.path == "/state":
            return self.answer(200, space.state())
        if self.path == "/control":
            return self.answer(200, space.control(json.loads(body)))
        space.requests += 1
        if space.faults["fail"]:
            return self.answer(space.faults["fail"].pop(0), {"ok": False, "error": "told_to_fail"})
        if self.too_fast(body):
            return self.answer(429, {"ok": False, "error": "ratelimited"}, retry_after=1)
        try:
            result = self.call(body)
        except Refused as refusal:
            word = str(refusal)
            expected = ("message_not_found", "thread_not_found", "user_not_found", "channel_not_found")
            if word not in expected:
                space.violations.append(f"{self.path}: {word}")
            result = {"ok": False, "error": word}
        is_post = self.path in ("/api/chat.postMessage", "/services/hook")
        if result["ok"] and is_post and space.faults["drop_answers"] > 0:
            space.faults["drop_answers"] -= 1
            self.close_connection = True
            return None
        return self.answer(200, result)

    def too_fast(self, body):
        """True for a second post to one channel within a second, where that is on."""
        if self.path != "/api/chat.postMessage" or not self.workspace.faults["one_per_second"]:
            return False
        channel, now = json.loads(body).get("channel"), time.monotonic()
        if now - self.workspace.last_post.get(channel, -10) < 1:
            return True
        self.workspace.last_post[channel] = now
        return False

    def call(self, body):
        kind = self.headers.get("Content-Type", "")
        if self.path == "/services/hook":
            hook = json.loads(body)
            need(kind == "application/json" and set(hook) == {"text"}, "invalid_payload")
            return self.workspace.post({"channel": "C-hook", **hook})
        need(self.headers.get("Authorization") == f"Bearer {TOKEN}", "invalid_auth")
        method = self.path.removeprefix("/api/")
        if method in ("chat.postMessage", "chat.update"):
            need(kind == "application/json; charset=utf-8", "invalid_json")
            call = self.workspace.post if method == "chat.postMessage" else self.workspace.update
            return call(json.loads(body))
        need(kind == "application/x-www-form-urlencoded", "invalid_form_data")
        calls = {"conversations.history": self.workspace.history,
                 "conversations.replies": self.workspace.replies,
                 "conversations.open": self.workspace.open}
        need(method in calls, "unknown_method")
        return calls[method](dict(urllib.parse.parse_qsl(body.decode("ascii"), strict_parsing=True)))

    def answer(self, status, result, retry_after=None):
        text = json.dumps(result).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        wait = retry_after if retry_after is not None else self.workspace.faults["retry_after"]
        if status == 429 and wait is not None:
            self.send_header("Retry-After", str(wait))
        self.end_headers()
        step = 1 if self.workspace.faults["slow"] else len(text)
        for start in range(0, len(text), step):
            self.wfile.write(text[start:start + step])


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(sys.argv[1] + ".new", "w", encoding="utf-8") as file:
        file.write(f"127.0.0.1:{server.server_address[1]}")
    # The address appears only when it is whole.
    os.replace(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
