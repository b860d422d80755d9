"""The hook for pre-commit and the examples for CI, run as they are written.

Usage: check_ci_test.py BIN_DIR POLICY_DIR

pre-commit is the real one and runs through a real `git commit`. Of the CI examples every `run` and
`script` line is executed, in order, by the shell that the CI system uses.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

from check_service import SPEC, WRONG, Checker, read_github, read_line, write
from gavel_service import Service, commit_all, expect, git

CLIENTS = pathlib.Path(__file__).resolve().parents[2] / "clients"
# Debian's Python has a YAML reader; the one that runs this test need not.
READ_YAML = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str)"


def read_yaml(path):
    done = subprocess.run(["/usr/bin/python3", "-c", READ_YAML], input=path.read_text(), text=True,
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def environment(check):
    """`gavel` on the PATH, nothing cached from other runs."""
    plain = check.service.environment("ana")
    return {**plain, "PATH": f"{check.binary.parent}:{plain['PATH']}",
            "PRE_COMMIT_HOME": str(check.service.root / "pre-commit"),
            "GIT_AUTHOR_NAME": "ana", "GIT_AUTHOR_EMAIL": "ana@example.org",
            "GIT_COMMITTER_NAME": "ana", "GIT_COMMITTER_EMAIL": "ana@example.org"}


def run(check, folder, *command):
    return subprocess.run(command, cwd=folder, env=environment(check), capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)


def hook_repository(check):
    """What people would publish: the folder of the hook, as a repository."""
    folder = check.service.repository("hook")
    shutil.copy(CLIENTS / "hooks/.pre-commit-hooks.yaml", folder)
    commit_all(folder)
    return folder, run(check, folder, "git", "rev-parse", "HEAD").stdout.strip()


def test_pre_commit_hook(check):
    hook, revision = hook_repository(check)
    folder = check.service.repository("author")
    write(folder, ".pre-commit-config.yaml",
          f"repos: [{{repo: '{hook}', rev: {revision}, hooks: [{{id: gavel-check}}]}}]\n")
    write(folder, "specs/a.md", SPEC)
    write(folder, "README.md", "# Not a spec\n")
    done = run(check, folder, "pre-commit", "install")
    expect(done.returncode == 0, done.stdout + done.stderr)
    git(folder, "add", "-A")
    done = run(check, folder, "git", "commit", "-m", "a good one")
    expect(done.returncode == 0 and "Passed" in done.stderr, done.stdout + done.stderr)

    write(folder, "specs/a.md", WRONG)
    write(folder, "specs/name with space.md", WRONG)
    git(folder, "add", "-A")
    write(folder, "specs/a.md", SPEC)  # The working copy is mended, the index is not.
    done = run(check, folder, "git", "commit", "-m", "a wrong one")
    said = done.stdout + done.stderr
    expect(done.returncode != 0 and "Failed" in said, said)
    expect(said.count("GV204  dependencies[0].use") == 2 and "name with space.md" in said, said)
    expect(run(check, folder, "git", "rev-list", "--count", "HEAD").stdout == "1\n",
           "nothing was committed")
    done = run(check, folder, "pre-commit", "run", "--all-files", "--hook-stage", "manual")
    expect(done.returncode != 0 and "Failed" in done.stdout, "at any stage: " + done.stdout)


def ci_folder(check, name, content):
    folder = check.service.repository(name)
    write(folder, "specs/a.md", content)
    write(folder, "specs/notes.md", "# Not a spec\n")
    commit_all(folder)
    return folder


def run_steps(check, folder, steps, shell):
    """The finished process of each step, up to the first that fails."""
    done = []
    for step in steps:
        done.append(run(check, folder, *shell, step))
        if done[-1].returncode != 0:
            break
    return done


def test_github_workflow(check):
    job = read_yaml(CLIENTS / "ci/github/specs.yml")["jobs"]["check"]
    steps = [step["run"] for step in job["steps"] if "run" in step]
    expect(len(steps) == 2 and all(step.startswith("gavel check") for step in steps), steps)
    bash = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
    folder = ci_folder(check, "github-good", SPEC)
    done = run_steps(check, folder, steps, bash)
    expect([step.returncode for step in done] == [0, 0], [step.stderr for step in done])
    folder = ci_folder(check, "github-wrong", WRONG)
    done = run_steps(check, folder, steps, bash)
    expect([step.returncode for step in done] == [0, 1], [step.stderr for step in done])
    errors = [command for command in read_github(done[1].stdout) if command[0] == "error"]
    expect([error[1] for error in errors] ==
           [{"file": "specs/a.md", "line": "11", "col": "11", "title": "GV204"}], errors)
    sarif = json.loads((folder / "gavel.sarif").read_text())
    expect("GV204" in {result["ruleId"] for result in sarif["runs"][0]["results"]}, sarif)
    upload = next(step for step in job["steps"] if "upload-sarif" in step.get("uses", ""))
    expect((folder / upload["with"]["sarif_file"]).exists(), "the file that is uploaded")


def test_gitlab_job(check):
    job = read_yaml(CLIENTS / "ci/gitlab/specs.gitlab-ci.yml")["specs"]
    shell = ("sh", "-e", "-c")
    done = run_steps(check, ci_folder(check, "gitlab-good", SPEC), job["script"], shell)
    expect([step.returncode for step in done] == [0, 0], [step.stderr for step in done])
    folder = ci_folder(check, "gitlab-wrong", WRONG)
    done = run_steps(check, folder, job["script"], shell)
    expect([step.returncode for step in done] == [0, 1], [step.stderr for step in done])
    expect("GV204" in done[1].stdout, "people see it in the log")
    report = xml.etree.ElementTree.parse(folder / job["artifacts"]["reports"]["junit"]).getroot()
    expect(report.get("failures") == "1", "and in the test report")


def test_a_broken_check_is_not_a_finding(check):
    """A job whose check cannot work fails in its first step, not as if something was found."""
    job = read_yaml(CLIENTS / "ci/gitlab/specs.gitlab-ci.yml")["specs"]
    folder = ci_folder(check, "no-specs", SPEC)
    shutil.rmtree(folder / "specs")
    done = run_steps(check, folder, job["script"], ("sh", "-e", "-c"))
    expect(len(done) == 1 and done[0].returncode != 0, [step.returncode for step in done])


def test_problem_matcher(check):
    folder = ci_folder(check, "matcher", WRONG)
    rows = read_line(check.run(folder, "specs", "--output", "line").stdout)
    expect(rows[0] == ("specs/a.md", "11", "11", "error", rows[0][4], "GV204"), rows)
    expect({row[3] for row in rows} == {"error", "warning"}, rows)
    pattern = json.loads((CLIENTS / "ci/github/problem-matcher.json").read_text())
    expect(pattern["problemMatcher"][0]["owner"] == "gavel", pattern)


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    with Service(sys.argv[1], sys.argv[2]) as service:
        check = Checker(service)
        write(service.root, "first/a.md", SPEC)  # Fetches the policy, as an author does once.
        expect(check.code(service.root, "first", "--online", rules=False) == 0, "no policy")
        for test in tests:
            test(check)
            print("ok", test.__name__.removeprefix("test_").replace("_", " "), flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
