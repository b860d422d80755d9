#!/usr/bin/env python3
"""`gavel notify` against a real gaveld and a real gavel-bot.

    notify_test.py BIN_DIR POLICY_DIR
"""

import subprocess
import sys

from gavel_service import SPEC, Service, commit_all, expect

CONFIG = """base_url: https://gavel.example
destinations:
  media-chat:  {kind: local, path: chat, start: log}
  everything:  {kind: local, path: all, start: log}
  mail:        {kind: email, server: smtp.example.org:587, from: gavel@example.org}
routes:
  - {match: {area: media, event: [card, decision]}, to: [media-chat], continue: true}
  - {match: {state: SCHEDULED}, to: [media-chat]}
  - {to: [everything]}
"""

# A mistake, and where it is said to be.
MISTAKES = [
    ("destinations:\n  a: {kind: locl, path: x}\nroutes: [{to: [a]}]\n", "notify.yaml:2:13:"),
    ("destinations:\n  a: {kind: local, path: x}\nroutes:\n  - {to: [b]}\n", "notify.yaml:4:11:"),
    ("destinations:\n  a: {kind: local, path: x}\nroutes:\n  - {match: {stat: QUEUED}, to: [a]}\n",
     "notify.yaml:4:14:"),
]


def check_names_the_line(service, folder):
    done = service.gavel("gus", "notify", "check", cwd=folder)
    expect(done.returncode == 0 and "3 destinations, 3 routes" in done.stdout, done.stdout + done.stderr)
    for text, place in MISTAKES:
        (folder / "wrong").mkdir(exist_ok=True)
        (folder / "wrong/notify.yaml").write_text(text)
        done = service.gavel("gus", "notify", "check", cwd=folder / "wrong")
        expect(done.returncode == 1 and done.stdout.startswith(place), f"{place}: {done.stdout}{done.stderr}")
        expect(done.stdout.count("error:") == done.stdout.count("\n"), "one line each: " + done.stdout)
    done = service.gavel("gus", "notify", "check", "nowhere.yaml", cwd=folder)
    expect(done.returncode == 2 and "no such file" in done.stderr, done.stderr)


def routes_say_where_it_goes(service, folder):
    rows = [
        (["area=media", "state=QUEUED"], ["everything", "media-chat"]),
        (["area=media", "event=packet", "state=SCHEDULED"], ["media-chat"]),
        (["area=platform", "event=decision"], ["everything"]),
    ]
    for match, wanted in rows:
        expected = [word for name in wanted for word in ("--expect", name)]
        done = service.gavel("gus", "notify", "routes", "test", *match, *expected, cwd=folder)
        expect(done.returncode == 0, f"{match}: {done.stdout}{done.stderr}")
        expect([line.split("\t")[0] for line in done.stdout.splitlines()] == wanted, done.stdout)
    done = service.gavel("gus", "notify", "routes", "test", "area=platform", "--expect", "media-chat",
                         cwd=folder)
    expect(done.returncode == 1 and "goes to everything" in done.stderr, done.stderr)
    done = service.gavel("gus", "notify", "routes", "test", "stat=QUEUED", cwd=folder)
    expect(done.returncode == 2 and "stat=QUEUED" in done.stderr, done.stderr)


def render_shows_each_service(service, folder):
    for kind, wanted in (("slack", '"blocks"'), ("irc", "MEDIA-1"), ("local", "MEDIA-1"),
                         ("slack-webhook", '"text"'), ("email", "Subject: ")):
        done = service.gavel("gus", "notify", "render", "media-1", "--for", kind, "--config",
                             "notify.yaml", cwd=folder, text=False)
        text = done.stdout.decode()
        expect(done.returncode == 0 and wanted in text and "Upload retries" in text,
               f"{kind}: {text}{done.stderr.decode()}")
    done = service.gavel("gus", "notify", "render", "MEDIA-99", "--for", "irc", cwd=folder)
    expect(done.returncode == 6, f"{done.returncode} {done.stderr}")
    done = service.gavel("gus", "notify", "render", "MEDIA-1", "--for", "telex", cwd=folder)
    expect(done.returncode == 2 and "telex" in done.stderr, done.stderr)


def messages(service, folder, name):
    path = service.root / "bot" / name / "channel.jsonl"
    return path.read_text().count("\n") if path.exists() else 0


def a_test_message_is_one_and_marked(service, folder):
    before = messages(service, folder, "chat")
    done = service.gavel("gus", "notify", "test", "media-chat", "--state", service.root / "bot",
                         cwd=folder)
    expect(done.returncode == 0, done.stderr)
    expect(messages(service, folder, "chat") == before + 1, "not exactly one message")
    text = (service.root / "bot/chat/channel.jsonl").read_text()
    expect("Test of gavel" in text and "nothing to do" in text, text)
    done = service.gavel("gus", "notify", "test", "nobody", cwd=folder)
    expect(done.returncode == 6 and "media-chat" in done.stderr, done.stderr)
    done = service.gavel("gus", "notify", "test", "mail", cwd=folder)
    expect(done.returncode == 2 and "only reaches people" in done.stderr, done.stderr)


def replay_says_what_the_bot_then_sends(service, folder):
    counts = (messages(service, folder, "chat"), messages(service, folder, "all"))
    done = service.gavel("gus", "notify", "replay", "--from", "0", cwd=folder)
    expect(done.returncode == 0, done.stderr)
    would = {tuple(line.split("\t")[1:3]) for line in done.stdout.splitlines()}
    expect(("media-chat", "card/MEDIA-1") in would, done.stdout)
    expect(counts == (messages(service, folder, "chat"), messages(service, folder, "all")),
           "replay sent something")
    state = service.root / "bot"
    bot = subprocess.run([service.bin / "gavel-bot", "run", "--once", "--server", service.address,
                          "--as", "gus", "--config", folder / "notify.yaml", "--state", state],
                         capture_output=True, text=True, timeout=60, check=False,
                         env=service.environment("gus"))
    expect(bot.returncode == 0, bot.stderr)
    done = service.gavel("gus", "notify", "log", "--state", state, cwd=folder)
    expect(done.returncode == 0, done.stderr)
    sent = {tuple(line.split("\t")[1:3]) for line in done.stdout.splitlines()}
    expect(sent == would, f"sent {sent}, replay said {would}")
    expect(all(line.endswith("\tsent") for line in done.stdout.splitlines()), done.stdout)
    only = service.gavel("gus", "notify", "log", "--state", state, "--destination", "everything",
                         cwd=folder)
    expect({line.split("\t")[1] for line in only.stdout.splitlines()} == {"everything"}, only.stdout)
    late = service.gavel("gus", "notify", "replay", "--from", "100000", cwd=folder)
    expect(late.returncode == 0 and late.stdout == "", late.stdout)
    done = service.gavel("gus", "notify", "log", "--state", folder, cwd=folder)
    expect(done.returncode == 6, f"{done.returncode} {done.stderr}")


def main():
    tests = [check_names_the_line, routes_say_where_it_goes, render_shows_each_service,
             a_test_message_is_one_and_marked, replay_says_what_the_bot_then_sends]
    with Service(sys.argv[1], sys.argv[2]) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        (folder / "notify.yaml").write_text(CONFIG)
        (folder / "retries.md").write_text(
            SPEC.format(title="Upload retries for all", tier="s3/standard", words="Words."))
        commit_all(folder)
        service.gavel("ana", "submit", "--yes", "--wants", "async", "retries.md", cwd=folder)
        for test in tests:
            test(service, folder)
            print("ok  ", test.__name__, flush=True)
    print(f"{len(tests)} passed, 0 failed")


if __name__ == "__main__":
    main()
