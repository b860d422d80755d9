"""Signing in: where a token lies, where it goes, and where it never goes.

Usage: account_test.py BIN_DIR POLICY_DIR

The server is a real `gaveld --tokens`, the keyring a real gnome-keyring on a bus of its own, the
terminal a real pseudo-terminal, and the hostile server a socket that writes down what it hears.
"""

import hashlib
import json
import os
import pathlib
import pty
import socket
import stat
import subprocess
import sys
import tempfile
import termios
import threading
import time

from gavel_service import Service, expect
from keyring import Keyring

TOKENS = {"ana": "gvl_ana_4b1f0c", "chen": "gvl_chen_77aa02"}
PATIENCE_S = 30


class TokenService(Service):
    """Not a development server: a caller is who the token says."""

    def mode(self):
        (self.root / "tokens").write_text("".join(
            f"{who} {hashlib.sha256(token.encode()).hexdigest()}\n"
            for who, token in TOKENS.items()))
        return ["--tokens", self.root / "tokens"]


class Listener:
    """A server that writes down what it hears and says nothing."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(8)
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.heard = b""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            # What an HTTP/2 server says first; a client sends its request after that.
            connection.sendall(bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            threading.Thread(target=self._hear, args=(connection,), daemon=True).start()

    def _hear(self, connection):
        while data := connection.recv(1 << 16):
            self.heard += data


class Home:
    """One user's settings, against one server; remembers everything that was said."""

    def __init__(self, service, keyring=None):
        self.service = service
        self.root = pathlib.Path(tempfile.mkdtemp(dir=service.root))
        self.keyring = keyring
        self.said = ""

    def environment(self, **more):
        environment = self.service.environment("")
        del environment["GAVEL_AS"]
        environment.update({"HOME": str(self.root), "XDG_CONFIG_HOME": str(self.root / "config"),
                            "XDG_STATE_HOME": str(self.root / "state")})
        if self.keyring:
            environment.update(self.keyring.environment)
        return {**environment, **more}

    def run(self, *words, code=0, given="", cwd=None, **more):
        done = subprocess.run([self.service.bin / "gavel", *words], input=given, text=True,
                              capture_output=True, cwd=cwd or self.root, check=False,
                              env=self.environment(**more), timeout=PATIENCE_S)
        expect(done.returncode == code,
               f"{words}: exit {done.returncode}, not {code}: {done.stdout}{done.stderr}")
        if words[:2] != ("auth", "token"):
            self.said += done.stdout + done.stderr
        return done

    def login(self, token, *words, **more):
        return self.run("auth", "login", "--with-token", *words, given=token + "\n", **more)

    def files(self):
        return [path for path in self.root.rglob("*") if path.is_file()]


class Terminal:
    """gavel on a pseudo-terminal, as a person would use it."""

    def __init__(self, home, *words, cwd=None, **more):
        self.controller, self.terminal = pty.openpty()
        self.process = subprocess.Popen([home.service.bin / "gavel", *words],
                                        stdin=self.terminal, stdout=self.terminal,
                                        stderr=self.terminal, env=home.environment(**more),
                                        cwd=cwd or home.root, start_new_session=True)
        self.shown = ""

    def until(self, text):
        deadline = time.monotonic() + PATIENCE_S
        while text not in self.shown:
            expect(time.monotonic() < deadline, f"`{text}` never came: {self.shown}")
            self.shown += os.read(self.controller, 4096).decode(errors="replace")

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def wait_for_echo(self, on):
        deadline = time.monotonic() + PATIENCE_S
        while self.echoes() != on:
            expect(time.monotonic() < deadline, f"echo is not {on}")
            time.sleep(0.01)

    def type(self, text):
        os.write(self.controller, text.encode())

    def end(self):
        code = self.process.wait(timeout=PATIENCE_S)
        os.set_blocking(self.controller, False)
        try:
            while data := os.read(self.controller, 4096):
                self.shown += data.decode(errors="replace")
        except OSError:
            pass
        return code


def test_the_keyring_holds_the_token(service, keyring):
    home = Home(service, keyring)
    done = home.login(TOKENS["ana"])
    expect("as @ana" in done.stdout and "keyring" in done.stdout, done.stdout)
    expect(not [path for path in home.files() if TOKENS["ana"].encode() in path.read_bytes()],
           "the token lies in a file")
    expect(TOKENS["ana"].encode() not in keyring.bytes_on_disk(), "the keyring is in clear text")
    status = json.loads(home.run("auth", "status", "--json").stdout)
    expect(status == [{"server": service.address, "principal": "ana", "place": "keyring",
                       "current": True, "error": ""}], f"status: {status}")
    expect(home.run("auth", "token").stdout == TOKENS["ana"] + "\n", "auth token")
    expect(home.run("status").stderr == "", "a keyring needs no warning")
    # Signing in again replaces: one token per server.
    home.login(TOKENS["chen"])
    expect(home.run("auth", "token").stdout == TOKENS["chen"] + "\n", "not replaced")
    home.run("auth", "logout")
    home.run("auth", "status", code=4)
    home.run("auth", "logout", code=6)
    return home


def test_what_the_server_refuses_is_not_stored(service, keyring):
    home = Home(service, keyring)
    home.login("gvl_nobody_knows", code=4)
    home.login("not a token", code=2)
    home.login("", code=2)
    home.run("auth", "token", code=4)
    home.run("auth", "login", code=2)  # Nobody can be asked.
    expect("--with-token" in home.said, "the missing flag is not named")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        home.login(TOKENS["ana"], "--server", f"127.0.0.1:{unused.getsockname()[1]}",
                   "--timeout", "1s", code=3)
    expect(home.run("auth", "status", code=4).returncode == 4, "something was stored")
    return home


def test_without_a_keyring_only_who_insists(service, _):
    home = Home(service)
    done = home.login(TOKENS["ana"], code=2)
    expect("--insecure-storage" in done.stderr, done.stderr)
    done = home.login(TOKENS["ana"], "--insecure-storage")
    [path] = [path for path in home.files() if TOKENS["ana"] in path.read_text()]
    expect(stat.S_IMODE(path.stat().st_mode) == 0o600, "others can read the token")
    expect(str(path) in done.stdout, "login does not say where the token lies")
    expect(str(path) in home.run("status").stderr, "a use does not say where the token lies")
    expect(str(path) in home.run("auth", "status").stdout, "status does not say it")
    path.chmod(0o644)
    expect("chmod 600" in home.run("status").stderr, "an open file is not warned of")
    home.run("auth", "logout")
    expect(not path.exists(), "logout leaves the file")
    return home


def test_the_first_source_wins(service, keyring):
    home = Home(service, keyring)
    home.login(TOKENS["ana"])
    file = home.root / "token"
    file.write_text(TOKENS["chen"] + "\n")
    file.chmod(0o600)
    who = [".[0] | .principal, .place"]
    rows = [({}, "ana", "keyring"),
            ({"GAVEL_TOKEN": TOKENS["chen"]}, "chen", "GAVEL_TOKEN"),
            ({"GAVEL_TOKEN": TOKENS["ana"], "GAVEL_TOKEN_FILE": str(file)}, "chen",
             "GAVEL_TOKEN_FILE")]
    for more, principal, place in rows:
        said = home.run("auth", "status", "--jq", *who, **more).stdout.split()
        expect(said == [principal, place], f"{more}: {said}")
    home.run("config", "set", "token_file", str(file))
    said = home.run("auth", "status", "--jq", *who).stdout.split()
    expect(said[0] == "chen" and said[1].endswith("client.yaml"), f"token_file: {said}")
    file.chmod(0o644)
    expect("chmod 600" in home.run("status", GAVEL_TOKEN_FILE=str(file)).stderr,
           "an open GAVEL_TOKEN_FILE is not warned of")
    expect(home.run("status", code=4, GAVEL_TOKEN="gvl_wrong").returncode == 4, "a wrong token")
    listed = home.run("config", GAVEL_TOKEN=TOKENS["ana"]).stdout
    expect("********" in listed, "config does not mask the token")
    return home


def hostile_repository(home, listener):
    folder = home.root / "checkout"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", folder], check=True, capture_output=True)
    (folder / ".gavel.yaml").write_text(f"server: {listener.address}\n")
    (folder / "spec.md").write_text("# A spec\n")
    return folder


def test_no_token_goes_to_a_server_of_the_repository(service, keyring):
    home = Home(service, keyring)
    home.login(TOKENS["ana"])
    listener = Listener()
    folder = hostile_repository(home, listener)
    # The repository is asked about: no server in the environment.
    more = {"GAVEL_SERVER": "", "GAVEL_TOKEN": TOKENS["chen"]}
    for words in (["status"], ["auth", "login", "--with-token"], ["comment", "MEDIA-1", "-m", "x"],
                  ["api"], ["check", "spec.md", "--online"]):
        done = home.run(*words, code=2, cwd=folder, given=TOKENS["ana"], **more)
        expect("GAVEL_SERVER" in done.stderr + done.stdout, f"{words}: no way out is named")
    home.run("auth", "status", code=4, cwd=folder, **more)
    home.run("doctor", code=1, cwd=folder, **more)
    expect(listener.heard == b"", f"something was sent: {listener.heard}")
    home.run("auth", "token", code=4, cwd=folder, **more)
    # A person may allow it; the token is still none of its business.
    terminal = Terminal(home, "status", "--timeout", "2s", cwd=folder, **more)
    terminal.until("Use it from now on? [y/N]")
    terminal.type("y\n")
    expect(terminal.end() in (3, 70), terminal.shown)
    home.run("status", "--timeout", "1s", code=3, cwd=folder, **more)
    expect(b"gavel.v1" in listener.heard, "the server was never asked")
    for token in TOKENS.values():
        expect(token.encode() not in listener.heard, "a token went to the repository's server")
    # Another server than it was stored for gets nothing either, though the user names it.
    other = Listener()
    home.run("status", "--timeout", "1s", "--server", other.address, code=3)
    expect(b"gavel.v1" in other.heard and TOKENS["ana"].encode() not in other.heard,
           "the token went to another server")
    home.said += terminal.shown
    return home


def test_a_terminal_does_not_show_what_is_typed(service, _):
    home = Home(service)
    terminal = Terminal(home, "auth", "login", "--insecure-storage")
    terminal.until("not shown):")
    terminal.wait_for_echo(False)
    terminal.type(TOKENS["ana"] + "\n")
    expect(terminal.end() == 0, terminal.shown)
    expect("Signed in" in terminal.shown and terminal.echoes(), terminal.shown)
    home.said += terminal.shown
    # Ctrl-C at the question leaves the terminal as it was.
    terminal = Terminal(home, "auth", "login", "--insecure-storage")
    terminal.until("not shown):")
    terminal.wait_for_echo(False)
    terminal.process.send_signal(2)
    expect(terminal.end() == 130 and terminal.echoes(), "Ctrl-C leaves the echo off")
    # A token is shown on a terminal only to who says so.
    terminal = Terminal(home, "auth", "token")
    terminal.until("Show it? [y/N]")
    terminal.type("\n")
    expect(terminal.end() == 130 and TOKENS["ana"] not in terminal.shown, terminal.shown)
    terminal = Terminal(home, "auth", "token", "--no-input")
    expect(terminal.end() == 2 and TOKENS["ana"] not in terminal.shown, terminal.shown)
    return home


def test_nothing_but_auth_token_says_the_token(service, keyring):
    home = Home(service, keyring)
    home.login(TOKENS["ana"])
    home.run("status", "--debug")
    home.run("status", "MEDIA-9", "--debug", "--json", code=6)
    home.run("config", "--json", GAVEL_TOKEN=TOKENS["ana"])
    home.run("doctor", "--debug", "--json")
    home.run("status", "--debug", code=2, GAVEL_TOKEN=TOKENS["ana"] + "\u00e9")
    return home


def main():
    with TokenService(sys.argv[1], pathlib.Path(sys.argv[2]).resolve()) as service:
        tests = [test_the_keyring_holds_the_token, test_what_the_server_refuses_is_not_stored,
                 test_without_a_keyring_only_who_insists, test_the_first_source_wins,
                 test_no_token_goes_to_a_server_of_the_repository,
                 test_a_terminal_does_not_show_what_is_typed,
                 test_nothing_but_auth_token_says_the_token]
        for test in tests:
            with tempfile.TemporaryDirectory() as folder, Keyring(pathlib.Path(folder)) as keyring:
                home = test(service, keyring)
            for token in TOKENS.values():
                expect(token not in home.said, f"{test.__name__}: the token was printed")
            print(f"ok {test.__name__}", flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
