#!/usr/bin/env python3
"""Repositories whose configuration, names or shape try to trick gavel: real git, real gaveld.

    hostile_repository_test.py BIN_DIR POLICY_DIR

Two promises for each: no program of the repository's choosing runs (it would leave a canary file),
and gavel either names the right repository, commit and path or says what is wrong with exit 2 or 5.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.parse

from gavel_service import SPEC, Service, commit_all, expect, git

REMOTE = "https://github.com/acme/uploads.git"
REPOSITORY = "github.com/acme/uploads"
SECRET = "hunter2"  # A password that a remote's URL carries; it must appear nowhere.


class Checkout:
    """A working tree that somebody else prepared, and the canary that their programs would touch."""

    def __init__(self, service, name, remote=REMOTE, init=()):
        self.service = service
        self.folder = service.root / "checkouts" / name
        self.folder.mkdir(parents=True)
        self.canary = service.root / ("canary-" + "".join(c for c in name if c.isalnum()))
        self.evil = self.folder / ".git-evil.sh"
        git(self.folder, "init", "-q", "-b", "main", *init)
        if remote:
            git(self.folder, "remote", "add", "origin", remote)

    def trap(self):
        """A command line that leaves the canary behind."""
        if not self.evil.exists():
            self.evil.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{self.canary}'\ncat 2>/dev/null\n")
            self.evil.chmod(0o755)
        return str(self.evil)

    def config(self, key, value):
        """Straight into the file: what a hostile archive or a shared folder would hold."""
        subprocess.run(["git", "config", "--file", self.folder / ".git" / "config", "--add", key,
                        value], check=True, cwd=self.service.root)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return path

    def spec(self, path="specs/queue.md", title="Shared work queue"):
        return self.write(path, SPEC.format(title=title, tier="s3/standard", words="Words."))

    def commit(self, message="all"):
        """As the attacker: with their own git, before the victim gets the checkout."""
        commit_all(self.folder, message)

    def head(self):
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=self.folder, capture_output=True,
                              text=True, check=True)
        return done.stdout.strip()

    def gavel(self, *words, cwd=None, **variables):
        environment = self.service.environment("ana")
        environment.update(variables)
        return subprocess.run([self.service.bin / "gavel", *words], cwd=cwd or self.folder,
                              env=environment, capture_output=True, stdin=subprocess.DEVNULL,
                              timeout=60, check=False)

    def which(self, path="specs/queue.md", **variables):
        """What gavel says a submission would be, by the name of the fact."""
        done = self.gavel("which", "--", path, **variables)
        expect(done.returncode == 0, f"which {path}: {text_of(done)}")
        lines = done.stdout.decode().splitlines()
        return {line.split("\t")[0]: line.split("\t")[1] for line in lines if line.count("\t") > 1}

    def every_command(self, path="specs/queue.md"):
        """Everything that asks git about this file; whatever the answers."""
        return [self.gavel(*words) for words in (
            ("which", "--", path), ("check", "--", path), ("check", "--staged"), ("check",),
            ("submit", "-n", "--yes", "--", path), ("submit", "--yes", "--allow-dirty", "--", path),
            ("status", "--", path), ("new", "A hostile title to write"), ("diff", "--", path),
            ("__complete", "bash", "view", ""))]

    def expect_quiet(self, what):
        left = self.canary.read_text() if self.canary.exists() else ""
        expect(not left, f"{what}: a program of the repository ran: {left}")


def text_of(done):
    return (done.stdout + done.stderr).decode(errors="replace")


def expect_source(checkout, path="specs/queue.md", repository=REPOSITORY, **variables):
    """gavel finds exactly this repository, path and HEAD."""
    facts = checkout.which(path, **variables)
    wanted = {"repository": repository, "path": path, "commit": checkout.head()}
    found = {name: facts.get(name) for name in wanted}
    expect(found == wanted, f"which {path} says {found} instead of {wanted}")


def expect_refused(done, code, words):
    expect(done.returncode == code, f"exit {done.returncode} instead of {code}: {text_of(done)}")
    expect(words in text_of(done), f"`{words}` is not in: {text_of(done)}")


# Settings that git would run as programs: name, then what to write where.
PROGRAM_SETTINGS = {
    "fsmonitor": lambda c: c.config("core.fsmonitor", c.trap()),
    "pager": lambda c: [c.config("core.pager", c.trap()), c.config("pager.log", c.trap()),
                        c.config("pager.status", c.trap())],
    "external-diff": lambda c: c.config("diff.external", c.trap()),
    "ssh-command": lambda c: c.config("core.sshCommand", c.trap()),
    "credential-helper": lambda c: c.config("credential.helper", "!" + c.trap()),
    "askpass": lambda c: c.config("core.askPass", c.trap()),
    "editor": lambda c: [c.config("core.editor", c.trap()), c.config("sequence.editor", c.trap())],
    "signatures": lambda c: [c.config("log.showSignature", "true"), c.config("gpg.program", c.trap()),
                             c.config("gpg.ssh.program", c.trap())],
    "aliases": lambda c: [c.config("alias." + name, "!" + c.trap()) for name in
                          ("status", "log", "rev-parse", "ls-tree", "cat-file", "diff", "remote")],
    "alternate-refs": lambda c: c.config("core.alternateRefsCommand", c.trap()),
    "git-proxy": lambda c: c.config("core.gitProxy", c.trap()),
}


def settings_that_run_programs(service):
    for name, prepare in PROGRAM_SETTINGS.items():
        checkout = Checkout(service, name)
        checkout.spec()
        checkout.commit()
        prepare(checkout)
        expect_source(checkout)
        checkout.every_command()
        checkout.expect_quiet(name)


def hooks_do_not_run(service):
    for name in ("hooks", "hooks-path"):
        checkout = Checkout(service, name)
        checkout.spec()
        checkout.commit()
        folder = checkout.folder / (".git/hooks" if name == "hooks" else "evil-hooks")
        folder.mkdir(exist_ok=True)
        for hook in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction",
                     "fsmonitor-watchman", "pre-auto-gc"):
            shutil.copy(checkout.trap(), folder / hook)
        if name == "hooks-path":
            checkout.config("core.hooksPath", str(folder))
        (checkout.folder / "specs/queue.md").touch()  # git has to look at the file again.
        expect_source(checkout)
        checkout.every_command()
        checkout.expect_quiet(name)


def filters_and_drivers_do_not_run(service):
    checkout = Checkout(service, "filters")
    checkout.spec()
    checkout.write("specs/other.md", "text\n")
    checkout.write(".gitattributes", "*.md filter=evil=x diff=evil\nspecs/other.md filter=proc\n")
    checkout.commit()
    for key, value in (("filter.evil=x.clean", checkout.trap()),
                       ("filter.evil=x.smudge", checkout.trap()),
                       ("filter.evil=x.required", "true"), ("filter.proc.process", checkout.trap()),
                       ("filter.proc.required", "true"), ("diff.evil.command", checkout.trap()),
                       ("diff.evil.textconv", checkout.trap())):
        checkout.config(key, value)
    for path in ("specs/queue.md", "specs/other.md"):
        os.utime(checkout.folder / path, (1, 1))  # Else git trusts what its index says.
    expect_source(checkout)
    checkout.every_command()
    checkout.expect_quiet("filters")
    checkout.spec(title="Changed since the commit")
    expect_refused(checkout.gavel("submit", "--yes", "specs/queue.md"), 5, "differs from what is")
    checkout.every_command()
    checkout.expect_quiet("filters on a changed file")


def attributes_elsewhere_do_not_run(service):
    checkout = Checkout(service, "attributes-file")
    checkout.spec()
    checkout.commit()
    attributes = service.root / "evil-attributes"
    attributes.write_text("* filter=evil diff=evil\n")
    included = service.root / "evil-include"
    included.write_text(f"[filter \"evil\"]\n\tclean = {checkout.trap()}\n"
                        f"[core]\n\tfsmonitor = {checkout.trap()}\n")
    checkout.config("core.attributesFile", str(attributes))
    checkout.config("include.path", str(included))
    (checkout.folder / ".git/info").mkdir(exist_ok=True)
    (checkout.folder / ".git/info/attributes").write_text("* filter=evil\n")
    os.utime(checkout.folder / "specs/queue.md", (1, 1))
    expect_source(checkout)
    checkout.every_command()
    checkout.expect_quiet("core.attributesFile and include.path")


def remotes_are_never_contacted(service):
    checkout = Checkout(service, "ext-remote", remote=None)
    checkout.spec()
    checkout.commit()
    checkout.config("remote.origin.url", f"ext::{checkout.trap()} %S")
    checkout.config("remote.origin.promisor", "true")
    checkout.config("remote.origin.partialclonefilter", "blob:none")
    checkout.config("remote.origin.uploadpack", checkout.trap())
    checkout.config("protocol.ext.allow", "always")
    checkout.config("core.repositoryformatversion", "1")
    checkout.config("extensions.partialClone", "origin")
    # The commit is there and the bytes are not: git would fetch them.
    blob = subprocess.run(["git", "-c", "core.fsmonitor=false", "rev-parse", "HEAD:specs/queue.md"],
                          cwd=checkout.folder, capture_output=True, text=True,
                          check=True).stdout.strip()
    os.remove(checkout.folder / ".git/objects" / blob[:2] / blob[2:])
    done = checkout.gavel("submit", "--yes", "--repo", "github.com/acme/uploads", "specs/queue.md")
    expect(done.returncode in (2, 5), f"missing bytes: {done.returncode} {text_of(done)}")
    checkout.every_command()
    checkout.expect_quiet("a partial clone of ext::")


def passwords_of_remotes_stay_where_they_are(service):
    checkout = Checkout(service, "password", remote=f"https://ana:{SECRET}@github.com/acme/uploads")
    checkout.spec()
    checkout.commit()
    expect_source(checkout)
    for done in checkout.every_command():
        expect(SECRET not in text_of(done), "a password was printed: " + text_of(done))
    for file in (service.root / "xdg").rglob("*"):
        expect(not file.is_file() or SECRET not in file.read_text(errors="replace"),
               f"a password was written to {file}")


def remotes_are_told_apart(service):
    none = Checkout(service, "no-remote", remote=None)
    none.spec()
    none.commit()
    expect_source(none, repository="local/no-remote")
    two = Checkout(service, "two-remotes", remote=None)
    two.spec()
    two.commit()
    git(two.folder, "remote", "add", "fork", "git@github.com:ana/uploads.git")
    git(two.folder, "remote", "add", "mirror", "git@github.com:bo/uploads.git")
    expect_refused(two.gavel("which", "specs/queue.md"), 2, "fork, mirror")
    git(two.folder, "remote", "add", "origin", REMOTE)
    expect_source(two)
    dash = Checkout(service, "dash-remote", remote=None)
    dash.spec()
    dash.commit()
    dash.config("remote.--upload-pack=x.url", REMOTE)
    done = dash.gavel("which", "specs/queue.md")
    expect(done.returncode in (0, 2), text_of(done))
    dash.expect_quiet("a remote that looks like a flag")
    instead = Checkout(service, "instead-of", remote="gh:acme/uploads")
    instead.spec()
    instead.commit()
    instead.config("url.https://github.com/.insteadOf", "gh:")
    expect_source(instead)


def odd_names_arrive_whole(service):
    for name in ("with space.md", "-dash.md", "q'uote\".md", "[x]*.md", "naïve-日本.md", "a:b=c@d.md",
                 "back\\slash.md"):
        checkout = Checkout(service, "name-" + urllib.parse.quote(name, safe=""))
        path = checkout.spec("specs/" + name, title="Odd names in specs")
        checkout.commit()
        done = checkout.gavel("submit", "--yes", "--json=key,path", "--", path)
        expect(done.returncode == 0, f"{name!r}: {done.returncode} {text_of(done)}")
        expect(json.loads(done.stdout)["path"] == path, f"{name!r}: {text_of(done)}")
    beside = Checkout(service, "name-in-top")
    beside.spec("-n.md")
    beside.commit()
    expect_source(beside, path="-n.md")


def unusable_names_are_refused(service):
    checkout = Checkout(service, "name-bytes")
    (checkout.folder / "specs").mkdir()
    path = os.fsencode(checkout.folder) + b"/specs/caf\xe9.md"
    with open(path, "wb") as file:
        file.write(SPEC.format(title="Bytes in names", tier="s3/standard", words="W.").encode())
    checkout.commit()
    expect_refused(checkout.gavel("submit", "--yes", "--", b"specs/caf\xe9.md"), 2, "not UTF-8")
    for name in ("tab\there.md", "two\nlines.md"):
        broken = Checkout(service, "name-" + urllib.parse.quote(name, safe=""))
        path = broken.spec("specs/" + name, title="Odd names in specs")
        broken.commit()
        expect_refused(broken.gavel("submit", "--yes", "--", path), 2, "rename it")
    folder = Checkout(service, "folder\nwith line")
    folder.spec()
    folder.commit()
    expect_source(folder)


def links_do_not_lead_out(service):
    secret = service.root / "secret.md"
    secret.write_text(SPEC.format(title="Secret plans", tier="s3/standard", words=SECRET))
    checkout = Checkout(service, "links")
    checkout.spec()
    (checkout.folder / "specs/link.md").symlink_to(secret)
    (checkout.folder / "outside").symlink_to(service.root)
    (checkout.folder / "template.md").symlink_to(secret)
    checkout.commit()
    expect_refused(checkout.gavel("submit", "--yes", "specs/link.md"), 2, "symbolic link")
    expect_refused(checkout.gavel("submit", "--yes", "outside/secret.md"), 2, "no git repository")
    for template in ("template.md", "../../secret.md", str(secret), "outside/secret.md"):
        checkout.write(".gavel.yaml", f"template: {template}\n")
        done = checkout.gavel("new", "A template from elsewhere")
        expect(done.returncode == 2, f"template {template}: {done.returncode} {text_of(done)}")
        for file in checkout.folder.glob("specs/20*.md"):
            expect(SECRET not in file.read_text(), f"template {template} was copied")
    (checkout.folder / ".gavel.yaml").unlink()
    (checkout.folder / "specs/20").symlink_to(service.root)
    checkout.write(".gavel.yaml", "specs: [\"specs/20/**/*.md\"]\n")
    for done in checkout.every_command():
        expect(SECRET not in text_of(done), text_of(done))


def shapes_of_repositories(service):
    origin = Checkout(service, "origin")
    origin.spec()
    origin.commit("one")
    origin.write("README.md", "more\n")
    origin.commit("two")

    shallow = Checkout(service, "shallow")
    shutil.rmtree(shallow.folder)
    git(service.root, "clone", "-q", "--depth", "1", f"file://{origin.folder}", shallow.folder)
    git(shallow.folder, "remote", "set-url", "origin", REMOTE)
    expect_source(shallow)

    worktree = Checkout(service, "worktree")
    shutil.rmtree(worktree.folder)
    git(origin.folder, "worktree", "add", "-q", worktree.folder, "-b", "side")
    expect_source(worktree)

    git(origin.folder, "checkout", "-q", "--detach", "HEAD~1")
    expect_source(origin)
    git(origin.folder, "checkout", "-q", "main")

    whole = Checkout(service, "superproject", remote="https://github.com/acme/whole.git")
    git(whole.folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q",
        f"file://{origin.folder}", "parts/uploads")
    whole.spec("specs/whole.md")
    whole.commit()
    expect_source(whole, path="specs/whole.md", repository="github.com/acme/whole")
    part = whole.folder / "parts/uploads"
    git(part, "remote", "set-url", "origin", REMOTE)
    done = whole.gavel("which", "parts/uploads/specs/queue.md")
    expect(done.returncode == 0 and REPOSITORY in text_of(done), text_of(done))
    # The submodule's own settings are as little to be trusted.
    subprocess.run(["git", "config", "core.fsmonitor", whole.trap()], cwd=part, check=True)
    whole.every_command("specs/whole.md")
    whole.every_command("parts/uploads/specs/queue.md")
    whole.expect_quiet("a submodule's settings")

    sha256 = Checkout(service, "sha256", init=("--object-format=sha256",))
    sha256.spec(title="Objects with sha256")
    sha256.commit()
    expect(len(sha256.head()) == 64, "this git makes no sha256 repositories")
    expect_source(sha256)
    done = sha256.gavel("submit", "--yes", "--json=key,revisions", "specs/queue.md")
    expect(done.returncode in (0, 1), text_of(done))
    expect(sha256.head() in done.stdout.decode(), "the revision has another commit: " + text_of(done))

    empty = Checkout(service, "no-commits")
    empty.spec()
    expect_refused(empty.gavel("submit", "--yes", "specs/queue.md"), 5, "commit it")

    crlf = Checkout(service, "crlf")
    git(crlf.folder, "config", "core.autocrlf", "true")
    crlf.spec()
    crlf.commit()
    (crlf.folder / "specs/queue.md").unlink()
    git(crlf.folder, "checkout", "-q", "--", "specs/queue.md")
    expect(b"\r\n" in (crlf.folder / "specs/queue.md").read_bytes(), "git did not convert")
    expect_source(crlf)


def another_repository_by_the_environment(service):
    checkout = Checkout(service, "environment")
    checkout.spec()
    checkout.commit()
    other = service.root / "other.git"
    git(service.root, "init", "-q", "--bare", other)
    git(service.root, "--git-dir", other, "remote", "add", "origin", "https://evil.example/x.git")
    for variables in ({"GIT_DIR": str(other)}, {"GIT_DIR": str(other), "GIT_WORK_TREE": "/"},
                      {"GIT_COMMON_DIR": str(other)}, {"GIT_OBJECT_DIRECTORY": str(other)},
                      {"GIT_NAMESPACE": "evil"}, {"GIT_EXTERNAL_DIFF": checkout.trap()}):
        expect_source(checkout, **variables)
    checkout.expect_quiet("the environment")


def a_bare_repository_inside(service):
    checkout = Checkout(service, "bare-inside")
    inside = checkout.folder / "specs"
    git(checkout.folder, "init", "-q", "--bare", inside)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager"):
        subprocess.run(["git", "config", "--file", inside / "config", key, checkout.trap()],
                       check=True)
    subprocess.run(["git", "config", "--file", inside / "config", "core.bare", "false"], check=True)
    subprocess.run(["git", "config", "--file", inside / "config", "core.worktree", ".."], check=True)
    checkout.spec("specs/queue.md")
    done = checkout.gavel("which", "specs/queue.md")
    expect(done.returncode in (2, 5), f"{done.returncode}: {text_of(done)}")
    checkout.every_command()
    checkout.expect_quiet("a bare repository inside")


def somebody_elses_repository(service):
    checkout = Checkout(service, "owner")
    checkout.spec()
    odd = checkout.folder / "$(id) `id`"
    odd.mkdir()
    shutil.copy(checkout.folder / "specs" / "queue.md", odd)
    checkout.commit()
    # Only root can give files away; for others git has a variable that pretends.
    pretend = {} if os.geteuid() == 0 else {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    for folder, _, names in os.walk(checkout.folder):
        for path in [folder, *(os.path.join(folder, name) for name in names)]:
            if not pretend:
                os.chown(path, 12345, 12345)
    done = checkout.gavel("submit", "--yes", "specs/queue.md", **pretend)
    expect_refused(done, 2, "safe.directory")
    done = checkout.gavel("submit", "--yes", f"{odd.name}/queue.md", **pretend)
    expect_refused(done, 2, f"realpath '{odd.name}'")  # Pasted, it runs nothing.
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
               "GIT_CONFIG_VALUE_0": "*", **pretend}  # As CI systems say it.
    done = checkout.gavel("which", "specs/queue.md", **trusted)
    expect(done.returncode == 0 and REPOSITORY in text_of(done), text_of(done))


def a_repository_cannot_choose_the_server(service):
    checkout = Checkout(service, "server")
    checkout.spec()
    checkout.write(".gavel.yaml", "server: 127.0.0.1:1\n")
    checkout.commit()
    environment = {"GAVEL_SERVER": "", "GAVEL_TOKEN": SECRET}
    done = checkout.gavel("submit", "--yes", "specs/queue.md", **environment)
    expect_refused(done, 2, "only .gavel.yaml of this repository names the server")
    expect(SECRET not in text_of(done), text_of(done))
    done = checkout.gavel("__complete", "bash", "view", "", **environment)
    expect(done.returncode == 0 and done.stderr == b"", text_of(done))
    for line in ("token: x", "token_file: /etc/passwd", "as: gus"):
        checkout.write(".gavel.yaml", line + "\n")
        expect_refused(checkout.gavel("which", "specs/queue.md"), 2, "cannot be set here")


CASES = [settings_that_run_programs, hooks_do_not_run, filters_and_drivers_do_not_run,
         attributes_elsewhere_do_not_run, remotes_are_never_contacted,
         passwords_of_remotes_stay_where_they_are, remotes_are_told_apart, odd_names_arrive_whole,
         unusable_names_are_refused, links_do_not_lead_out, shapes_of_repositories,
         another_repository_by_the_environment, a_bare_repository_inside, somebody_elses_repository,
         a_repository_cannot_choose_the_server]


def the_traps_work(service):
    """A canary that git never touches would prove nothing: plain git does run them."""
    checkout = Checkout(service, "trap")
    checkout.spec()
    checkout.write(".gitattributes", "*.md filter=evil\n")
    checkout.commit()
    checkout.config("filter.evil.clean", checkout.trap())
    checkout.config("core.fsmonitor", checkout.trap())
    os.utime(checkout.folder / "specs/queue.md", (1, 1))
    subprocess.run(["git", "status"], cwd=checkout.folder, capture_output=True, check=False)
    expect(checkout.canary.exists(), "plain git did not fall into the trap")


def main():
    passed, failed = 0, []
    chosen = sys.argv[3:]
    with Service(sys.argv[1], sys.argv[2]) as service:
        for case in [the_traps_work, *CASES]:
            if chosen and case.__name__ not in chosen:
                continue
            try:
                case(service)
                passed += 1
                print("ok  ", case.__name__, flush=True)
            except AssertionError as error:
                failed.append(case.__name__)
                print("FAIL", case.__name__, "-", error, flush=True)
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
