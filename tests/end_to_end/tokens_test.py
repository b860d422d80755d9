"""A token is given and taken away while the server runs.

Usage: tokens_test.py BIN_DIR POLICY_DIR
"""

import hashlib
import os
import signal
import sys
import time

from gavel_service import Service, expect

PATIENCE_S = 30


def line(person, token):
    return f"{person} {hashlib.sha256(token.encode()).hexdigest()}\n"


class TokenService(Service):
    def mode(self):
        self.write(line("ana", "gvl_ana") + line("chen", "gvl_chen"))
        return ["--tokens", self.root / "tokens"]

    def write(self, text):
        """In one step, as docs/operations.md says."""
        draft = self.root / "tokens.new"
        draft.write_text(text)
        draft.rename(self.root / "tokens")

    def reload(self, says):
        """SIGHUP; returns once the log says so."""
        before = self.log().count(says)
        os.kill(self.process.pid, signal.SIGHUP)
        deadline = time.monotonic() + PATIENCE_S
        while self.log().count(says) == before:
            expect(self.process.poll() is None, "SIGHUP ended the server:\n" + self.log())
            expect(time.monotonic() < deadline, f"no `{says}` in the log:\n" + self.log())
            time.sleep(0.01)

    def environment(self, person):
        """The token of the person instead of the name, which this server would not believe."""
        named = super().environment(person)
        del named["GAVEL_AS"]
        return named | {"GAVEL_TOKEN": "gvl_" + person}


def knows(service, person):
    done = service.gavel(person, "inbox")
    expect(done.returncode in (0, 4), f"inbox of {person}: exit {done.returncode}: {done.stderr}")
    return done.returncode == 0


def test_a_token_is_taken_away(service):
    expect(knows(service, "ana") and knows(service, "chen"), "the tokens do not count at all")
    service.write(line("ana", "gvl_ana"))
    expect(knows(service, "chen"), "the file counts without SIGHUP")
    service.reload("tokens read again")
    expect(not knows(service, "chen"), "a token that was taken away still counts")
    expect(knows(service, "ana"), "the token that stayed does not count")


def test_a_token_is_given(service):
    expect(not knows(service, "eli"), "a token counts that was never given")
    service.write(line("ana", "gvl_ana") + line("eli", "gvl_eli"))
    service.reload("tokens read again")
    expect(knows(service, "eli"), "a new token does not count")


def test_a_wrong_file_changes_nothing(service):
    for wrong in ("ana\n", line("ana", "gvl_ana") * 2):
        service.write(wrong)
        service.reload("the tokens stay as they were")
        expect(knows(service, "ana") and knows(service, "eli"), "a wrong file took tokens away")
    (service.root / "tokens").unlink()
    service.reload("the tokens stay as they were")
    expect(knows(service, "ana"), "a missing file took tokens away")
    expect(service.stop() == 0, "the server does not stop as before")


def main():
    bin_dir, policy = sys.argv[1:3]
    tests = [test_a_token_is_taken_away, test_a_token_is_given,
             test_a_wrong_file_changes_nothing]
    with TokenService(bin_dir, policy) as service:
        for test in tests:
            test(service)
            print(f"ok {test.__name__}")
    print(f"{len(tests)} passed, 0 failed")


main()
