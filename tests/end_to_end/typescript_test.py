"""@gavel/client and its examples against a real gaveld.

Usage: typescript_test.py BIN_DIR POLICY_DIR

Checks: a bot says every decision once and in order while gaveld is killed with SIGKILL again and
again, and goes on where it was after it was killed itself; a mirror agrees with the server; what the
server refuses is told by its reason; a call that meets a dead server succeeds once it is back; tokens
are sent, and refused where they are wrong.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import threading

from following import Author, follow_through_kills
from gavel_service import Service, expect
from line_reader import LineReader

CLIENT = pathlib.Path(__file__).resolve().parents[2] / "clients/ts"
TOKEN = "gvl_0123456789abcdef0123456789abcdef"


def environment(service, person):
    return {"PATH": os.environ["PATH"], "GAVEL_SERVER": service.address, "GAVEL_AS": person}


def example(service, name, *words, person="ana"):
    """Starts an example; its lines as they come."""
    return LineReader(["node", CLIENT / f"dist/examples/{name}.js", *words],
                      env=environment(service, person))


def run_example(service, name, *words, person="ana"):
    """(exit code, stdout) of an example that ends by itself."""
    done = subprocess.run(["node", CLIENT / f"dist/examples/{name}.js", *words],
                          env=environment(service, person), capture_output=True, text=True,
                          timeout=60, check=False)
    expect(not done.stderr, f"{name}: {done.stderr}")
    return done.returncode, done.stdout.strip()


def run_program(service, program, variables):
    """stdout of a program in JavaScript that imports the package by its name."""
    done = subprocess.run(["node", "--input-type=module", "--eval", program], cwd=CLIENT,
                          env=environment(service, "ana") | variables, capture_output=True,
                          text=True, timeout=60, check=False)
    expect(done.returncode == 0, done.stdout + done.stderr)
    return done.stdout.strip()


def test_bot_survives_kills(service):
    cursor = service.root / "decisions.cursor"
    return follow_through_kills(service, lambda: example(service, "decisions", cursor))


def test_mirror_agrees(service, author):
    with example(service, "mirror") as mirror:
        first = mirror.take(1)[0]
        expect(first == "MEDIA-1=AUTO_APPROVED", f"listed {first}")
        key = author.submit(1, "--draft")
        mirror.until(lambda line: f"{key}=DRAFT" in line)
        service.kill()
        service.start()
        expect(run_example(service, "withdraw", key, "Not needed.")[0] == 0, "not withdrawn")
        mirror.until(lambda line: f"{key}=WITHDRAWN" in line)


def test_reasons_are_told(service, author):
    draft = author.submit(1, "--draft")
    for words, person, expected in [
            (("MEDIA-999",), "ana", "There is no MEDIA-999."),
            (("MEDIA-1", "Why not."), "bo", "(ROLE_MISSING)"),
            (("MEDIA-1", "Why not."), "nobody-we-know", "(SIGN_IN_REQUIRED)"),
            (("MEDIA-1", "Why not."), "ana", "What can be done: "),
            ((draft, "x" * 100_000), "ana", "reason: "),
            ((draft, "Not needed."), "ana", f"{draft} is withdrawn."),
    ]:
        code, said = run_example(service, "withdraw", *words, person=person)
        expect(expected in said, f"{words[0]} as {person}: {said}")
        expect(code == (0 if "withdrawn." in expected else 1), f"exit {code}: {said}")


def test_a_call_waits_for_the_server(service, author):
    draft = author.submit(1, "--draft")
    service.kill()
    restart = threading.Timer(1.5, service.start)
    restart.start()
    code, said = run_example(service, "withdraw", draft, "While it was away.")
    restart.join()
    expect(code == 0, said)
    expect(service.spec(draft)["state"] == "STATE_WITHDRAWN", said)


def test_tokens(service):
    program = """
      import { connect, SignInError } from "@gavel/client";
      const gavel = connect({ server: process.env.GAVEL_SERVER, token: () => process.env.TOKEN });
      try {
        const { principal } = await gavel.server.getServerInfo({});
        for await (const { events } of gavel.watch({ afterSeq: 0n })) {
          console.log(principal, events.length > 0);
          break;  // The program ends by itself: nothing keeps it.
        }
      } catch (error) {
        console.log(error instanceof SignInError, error.reason ?? error.message);
      }"""
    said = run_program(service, program, {"TOKEN": TOKEN})
    expect(said == "ana true", said)
    said = run_program(service, program, {"TOKEN": TOKEN.replace("0", "1")})
    expect(said.startswith("true The token is not known"), said)


def test_the_readme_shows_the_example():
    text = (CLIENT / "examples/decisions.ts").read_text().split("\n", 3)[3]
    expect(text in (CLIENT / "README.md").read_text(), "README.md and examples/decisions.ts differ")


class ServiceWithTokens(Service):
    """A development server that knows a token as well."""

    def flags(self):
        tokens = self.root / "tokens"
        tokens.write_text(f"ana {hashlib.sha256(TOKEN.encode()).hexdigest()}\n")
        return ["--tokens", tokens]


def main():
    bin_dir, policy_dir = sys.argv[1:3]
    with Service(bin_dir, policy_dir) as service:
        count = test_bot_survives_kills(service)
    with ServiceWithTokens(bin_dir, policy_dir) as service:
        author = Author(service)
        author.submit(1)
        test_mirror_agrees(service, author)
        test_reasons_are_told(service, author)
        test_a_call_waits_for_the_server(service, author)
        test_tokens(service)
    test_the_readme_shows_the_example()
    print(f"decisions={count}, gaveld killed 3 times, the bot once")
    print("6 passed, 0 failed")


main()
