"""Every document of the corpus, submitted by the CLI from real git repositories.

Usage: corpus_test.py BIN_DIR POLICY_DIR CORPUS_DIR

Checks: no crash of client or server; no auto-approval; a plain submit returns each document to its
author with findings (exit 1), `--facts-unknown` sends it to people (exit 0); the bytes come back
unchanged, before and after a restart of the server; submitting again changes nothing.
"""

import collections
import concurrent.futures
import hashlib
import json
import pathlib
import shutil
import sys

from gavel_service import Service, commit_all, expect

PEOPLE = ["ana", "bo", "dee", "eli"]  # Not reviewers of the media area, so gates can be staffed.


def make_repositories(service, corpus):
    """One repository per folder of the corpus; (repository folder, path in it, sha256) each."""
    documents = []
    index = [json.loads(line) for line in (corpus / "index.jsonl").read_text().splitlines()]
    folders = {}
    for entry in index:
        top, _, path = entry["path"].partition("/")
        if top not in folders:
            folders[top] = service.repository(top, f"https://github.com/corpus/{top}.git")
        target = folders[top] / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus / entry["path"], target)
        documents.append((folders[top], path, entry["sha256"]))
    for folder in folders.values():
        commit_all(folder)
    return documents


def for_all(documents, work):
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(work, range(len(documents))))


def main():
    bin_dir, policy_dir, corpus = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with Service(bin_dir, policy_dir) as service:
        documents = make_repositories(service, corpus)

        def submit(number, *flags):
            folder, path, _ = documents[number]
            done = service.gavel(PEOPLE[number % len(PEOPLE)], "submit", path, "--area", "media",
                                 "--yes", "--json=key,state,revision", *flags, cwd=folder)
            expect(done.returncode in (0, 1),
                   f"{folder.name}/{path}: exit {done.returncode}\n{done.stderr}")
            return done.returncode, json.loads(done.stdout)

        plain = for_all(documents, submit)
        keys = [answer["key"] for _, answer in plain]
        states = collections.Counter(answer["state"] for _, answer in plain)
        print(f"documents={len(documents)} plain submit: {dict(states)} "
              f"exit codes: {dict(collections.Counter(code for code, _ in plain))}")
        expect(len(set(keys)) == len(documents), "two documents got one key")
        expect(set(states) == {"STATE_CHANGES_REQUESTED"}, f"states {states}")
        expect(all(code == 1 for code, _ in plain), "a returned document must exit 1")

        again = for_all(documents, submit)
        expect([answer["key"] for _, answer in again] == keys, "submitting again made other specs")
        expect(all(int(answer["revision"]) == 1 for _, answer in again), "the same bytes made a revision")

        people = for_all(documents, lambda n: submit(n, "--facts-unknown"))
        states = collections.Counter(answer["state"] for _, answer in people)
        print(f"documents={len(documents)} --facts-unknown: {dict(states)}")
        expect(set(states) == {"STATE_ASYNC_REVIEW"}, f"states {states}")

        def check_bytes(when):
            def same(number):
                done = service.gavel("gus", "view", keys[number], text=False)
                expect(done.returncode == 0, f"view {keys[number]}: {done.stderr}")
                return hashlib.sha256(done.stdout).hexdigest() == documents[number][2]
            equal = sum(for_all(documents, same))
            print(f"{when}: byte-identical={equal} of {len(documents)}")
            expect(equal == len(documents), "some documents came back changed")

        check_bytes("before the restart")
        expect(service.stop() == 0, "gaveld did not stop cleanly:\n" + service.log())
        service.start()
        check_bytes("after the restart")
        print(f"{3 * len(documents)} submissions, 0 crashes, 0 auto-approvals")
    print("1 passed, 0 failed")


main()
