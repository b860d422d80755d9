"""What people are told when the answer is no, and what a repeated command does.

Usage: words_test.py BIN_DIR POLICY_DIR
"""

import json
import resource
import signal
import subprocess
import sys

from gavel_service import SPEC, Service, commit_all, expect

ID = "11111111-2222-4333-8444-555555555555"

passed = 0


def check(holds, message):
    """One thing that must hold; counted."""
    global passed
    expect(holds, message)
    passed += 1


def said(service, code, person, *words):
    """What `gavel WORDS` said; it must end with `code`."""
    done = service.gavel(person, *words)
    check(done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def comments(service, key):
    found = json.loads(said(service, 0, "kim", "view", key, "--concerns", "--json"))
    return [item["text"] for item in found if item["id"].startswith("m")]


def test_refusals_name_what_is_typed(service, key):
    text = said(service, 5, "kim", "meeting", "open", "2026-12-03-media")
    check("`gavel meeting open` is not possible" in text and "`gavel meeting cancel`" in text
          and "OpenMeeting" not in text, text)
    text = said(service, 4, "chen", "withdraw", key)
    check("`gavel withdraw` may be used by: author" in text, text)
    text = said(service, 2, "kim", "meeting", "session", "media", "--at", "2026-11-28T10:00:00Z",
                "--why", "x")
    check("--at: lies on" in text and "start_time" not in text, text)
    error = json.loads(said(service, 5, "kim", "meeting", "open", "2026-12-03-media", "--json"))
    check("OpenMeeting" in error["error"]["message"], "machines get the API's names")


def test_an_unknown_area_is_not_an_empty_list(service):
    check("medai" in said(service, 6, "kim", "meeting", "list", "--area", "medai"), "no name")


def test_absences_say_what_they_replace(service):
    text = said(service, 0, "kim", "away", "2026-12-20..2027-01-03", "--delegate", "lee")
    check("Replaces" not in text, text)
    text = said(service, 0, "kim", "away", "2026-12-20..2027-01-03", "--delegate", "lee")
    check("Replaces" not in text, text)
    text = said(service, 0, "kim", "away", "2026-12-22..2026-12-23")
    check("Replaces 2026-12-20 to 2027-01-03, @lee." in text, text)


def test_a_repeated_command_takes_effect_once(service, key):
    words = ("comment", key, "-m", "Once.", "--request-id", ID)
    said(service, 0, "kim", *words)
    said(service, 0, "kim", *words)
    check(comments(service, key) == ["Once."], f"{comments(service, key)}")
    text = said(service, 2, "kim", "comment", key, "-m", "Other.", "--request-id", ID)
    check("request" in text.lower(), text)
    check(comments(service, key) == ["Once."], f"{comments(service, key)}")


def test_a_line_of_the_revision_that_was_read(service, folder, key):
    path = folder / "ledger.md"
    path.write_text(path.read_text().replace("## Summary\n", "## Summary\nOne line more.\n"))
    commit_all(folder)
    done = service.gavel("ana", "submit", "ledger.md", "--yes", cwd=folder)
    check(done.returncode == 0, done.stderr)
    said(service, 0, "kim", "comment", key, "-m", "old", "--line", "17", "--revision", "1")
    said(service, 0, "kim", "comment", key, "-m", "new", "--line", "17")
    found = json.loads(said(service, 0, "kim", "view", key, "--concerns", "--json"))
    quotes = {item["text"]: item.get("anchor", {}).get("quote") for item in found}
    check(quotes["old"] != quotes["new"] and quotes["new"] == "One line more.", f"{quotes}")


def test_texts_are_utf8(service, key):
    wrong = b"\xff\xfe".decode(errors="surrogateescape")
    text = said(service, 2, "kim", "comment", key, "-m", wrong)
    check("not UTF-8: byte 1" in text and "bug" not in text, text)


def test_settings_need_a_folder(service):
    environment = service.environment("kim")
    for name in ("HOME", "XDG_CONFIG_HOME"):
        environment.pop(name)
    done = subprocess.run([service.bin / "gavel", "config", "set", "as", "kim"], env=environment,
                          cwd=service.root, capture_output=True, text=True, check=False)
    check(done.returncode == 2 and "set HOME" in done.stderr, done.stdout + done.stderr)


def test_scripts_learn_where_the_new_spec_is(service):
    for title in ("A ledger for scripts", "Реестр для скриптов"):
        done = service.gavel("ana", "new", title, "--dir", service.root, "--json=path",
                             cwd=service.root)
        check(done.returncode == 0, done.stderr)
        path = service.root / json.loads(done.stdout)["path"]
        check(path.name.isascii() and title in path.read_text(), str(path))


def no_room():
    """Every file ends after a few bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


def test_half_a_file_is_not_left(service):
    folder = service.root / "full"
    folder.mkdir()
    done = subprocess.run([service.bin / "gavel", "new", "A thing on a full disk", "--dir", folder],
                          env=service.environment("kim"), cwd=service.root, preexec_fn=no_room,
                          capture_output=True, text=True, check=False)
    check(done.returncode == 2 and "too large" in done.stderr, done.stdout + done.stderr)
    check(list(folder.iterdir()) == [], f"left behind: {list(folder.iterdir())}")


def main():
    with Service(*sys.argv[1:3]) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        (folder / "ledger.md").write_text(SPEC.format(
            title="A ledger of its own", tier="postgres/dedicated-xl", words="Words."))
        commit_all(folder)
        done = service.gavel("ana", "submit", "ledger.md", "--yes", "--json=key", cwd=folder)
        expect(done.returncode == 0, done.stderr)
        key = json.loads(done.stdout)["key"]
        test_refusals_name_what_is_typed(service, key)
        test_an_unknown_area_is_not_an_empty_list(service)
        test_absences_say_what_they_replace(service)
        test_a_repeated_command_takes_effect_once(service, key)
        test_texts_are_utf8(service, key)
        test_settings_need_a_folder(service)
        test_scripts_learn_where_the_new_spec_is(service)
        test_half_a_file_is_not_left(service)
        test_a_line_of_the_revision_that_was_read(service, folder, key)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
