"""A platform team changes its policy: check, test, compare, back-test, approve, publish, roll back.

Usage: rules_test.py BIN_DIR POLICY_DIR

The real binaries, one server that is never restarted, and a clock that stands still until it is
moved. Two changes are made to the shipped policy: what no rule settles is decided without a meeting
(which approves nothing new), and later s3/glacier becomes a standard tier (which does).
"""

import json
import pathlib
import re
import shutil
import sys

from gavel_service import SPEC, Service, commit_all, expect

REVIEWED = 31  # Enough history for the promotion gate: at 0 of 30 the bound is under 10 %.

passed = 0


def check(holds, message):
    """One thing that must hold; counted."""
    global passed
    expect(holds, message)
    passed += 1


class Team:
    """The people of the shipped organisation, at one server."""

    def __init__(self, service):
        self.service = service
        self.folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        self.specs = 0

    def run(self, person, *words, code=0):
        """Runs `gavel rules WORDS`, which must end with `code`; what it printed."""
        done = self.service.gavel(person, "rules", *words)
        check(done.returncode == code,
              f"gavel rules {' '.join(map(str, words))} as {person}: exit {done.returncode}, "
              f"not {code}\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def json(self, person, *words):
        return json.loads(self.run(person, *words, "--json"))

    def submit(self, tier, count=1):
        """Submits specs that use one tier; their keys."""
        names = []
        for _ in range(count):
            self.specs += 1
            names.append(f"s{self.specs}.md")
            words = " ".join(f"word{self.specs}x{i}" for i in range(60))  # No two are alike.
            (self.folder / names[-1]).write_text(
                SPEC.format(title=f"Change number {self.specs}", tier=tier, words=words))
        commit_all(self.folder)
        done = self.service.gavel("ana", "submit", *names, "--yes", "--json=key", cwd=self.folder)
        expect(done.returncode == 0, f"submit: {done.stdout}\n{done.stderr}")
        return [json.loads(line)["key"] for line in done.stdout.splitlines()]

    def decided_by(self, key):
        """State and mode of a spec."""
        spec = self.service.spec(key)
        return (spec["state"].removeprefix("STATE_"),
                spec["verdict"]["mode"].removeprefix("REVIEW_MODE_"))

    def live(self):
        """Source hash of the policy in force."""
        return self.json("gus", "show", "--history")[0]["sourceHash"]


def copy_policy(source, target):
    shutil.copytree(source, target)
    return pathlib.Path(target)


def edit(path, before, after):
    text = path.read_text()
    expect(before in text, f"{path} has no `{before}`")
    path.write_text(text.replace(before, after))


def without_meetings(policy):
    """What no rule settles is decided async; the tests say so."""
    edit(policy / "rules.yaml", "default: {mode: sync}", "default: {mode: async}")
    tests = policy / "rules.test.yaml"
    lines = []
    for line in tests.read_text().splitlines():
        settled = "fired: [review/" in line or "changes-rules" in line
        lines.append(line if settled else
                     re.sub(r"mode: sync|, sync\]$", lambda m: m[0].replace("sync", "async"), line))
    tests.write_text("\n".join(lines) + "\n")


def with_glacier(policy):
    """s3/glacier becomes a standard tier; the tests say so."""
    edit(policy / "catalog.yaml", "glacier: {status: allowed,",
         "glacier: {status: standard, max_monthly_usd: 100,")
    edit(policy / "rules.test.yaml", "[[s3/glacier], async]", "[[s3/glacier], auto]")
    edit(policy / "rules.test.yaml", "[[s3/standard, s3/glacier], async]",
         "[[s3/standard, s3/glacier], auto]")


def offline(team, shipped, calm, cold):
    """What needs no server."""
    check("0 errors" in team.run("gus", "check", shipped), "the shipped policy has errors")
    check("0 failures" in team.run("gus", "test", "--mutate", shipped / "rules.test.yaml"),
          "the shipped tests fail")
    team.run("gus", "test", "--mutate", calm)
    team.run("gus", "test", "--mutate", cold)
    team.run("gus", "diff", shipped, calm, "--exit-code")
    wider = team.run("gus", "diff", calm, cold, "--exit-code", code=1)
    check("N001" in wider and "s3/glacier" in wider, f"no example of a new approval:\n{wider}")

    typo = copy_policy(shipped, team.service.root / "typo")
    edit(typo / "rules.yaml", "deps.storage:", "deps.storge:")
    wrong = team.run("gus", "check", typo, code=1)
    check(re.search(r"rules\.yaml:\d+:\d+: error: .*deps\.storge.*deps\.storage.*\[R001\]", wrong),
          f"no place and no nearest name:\n{wrong}")
    refused = team.run("gus", "publish", typo, "-m", "typo", code=2)
    check("R001" in refused, f"the server does not say what is wrong:\n{refused}")


def harmless_change(team, calm):
    """A change that approves nothing new is published by one admin, and rules the next submit."""
    [before] = team.submit("s3/glacier")
    check(team.decided_by(before)[1] == "SYNC", "the shipped default is not sync")
    old = team.live()
    team.run("ana", "publish", calm, "-m", "not mine to do", code=4)
    rehearsed = team.run("gus", "publish", calm, "-m", "fewer meetings", "--dry-run")
    check("Nothing was changed" in rehearsed and team.live() == old, "a dry run changed something")
    team.run("gus", "publish", calm, "-m", "fewer meetings")
    new = team.live()
    check(new != old, "the new policy is not in force")
    late = team.run("gus", "publish", calm, "-m", "me too", "--parent", old, code=5)
    check(new[:12] in late or "published" in late, f"the loser is not told why:\n{late}")
    [after] = team.submit("s3/glacier")
    check(team.decided_by(after)[1] == "ASYNC", "the next submit is decided by the old rules")
    check(team.decided_by(before)[1] == "SYNC", "a spec in review was routed again by itself")
    check(team.json("gus", "replay", before)["equal"], "an old verdict replays differently")
    return old


def review_history(team):
    """Specs that people approved without a concern."""
    keys = team.submit("s3/glacier", REVIEWED)
    for key in keys:
        for person in ("chen", "kim"):
            done = team.service.gavel(person, "position", key, "approve", "-m", "fine")
            expect(done.returncode == 0, done.stderr)
    team.service.gavel("gus", "dev", "clock", "--by", "10d")
    states = {team.decided_by(key)[0] for key in keys}
    check(states == {"APPROVED"}, f"people approved, and the states are {states}")


def widening_change(team, cold):
    """A change that approves something new needs a back-test and two people."""
    wider = team.run("gus", "diff", cold, "--exit-code", code=1)
    check("N001" in wider, wider)
    bare = team.run("gus", "publish", cold, "-m", "glacier is settled", code=5)
    check("approv" in bare and "back-test" in bare, f"what is missing is not said:\n{bare}")

    report = team.json("gus", "backtest", cold)
    check(int(report["newlyAuto"]) >= REVIEWED, f"{report['newlyAuto']} newly automatic")
    check(report["gateMet"] and int(report["harmed"]) == 0, f"the gate is not met: {report}")
    shown = team.run("gus", "backtest", cold)
    check(report["id"] in shown and "auto-approved" in shown, shown)

    backtest = ["--backtest", report["id"], "-m", "glacier is settled"]
    team.run("fay", "approve", cold, "-m", "we run it")
    alone = team.run("gus", "publish", cold, *backtest, code=5)
    check("approv" in alone, f"one approval was enough, or nothing says why not:\n{alone}")
    team.run("ci", "approve", cold, code=4)
    approvers = team.json("dee", "approve", cold, "-m", "no objection")["approvers"]
    check(approvers == ["fay", "dee"], f"approvers are {approvers}")
    team.run("gus", "publish", cold, *backtest)

    [key] = team.submit("s3/glacier")
    check(team.decided_by(key) == ("AUTO_APPROVED", "AUTO"), f"{key} is {team.decided_by(key)}")
    check(team.json("gus", "replay", key)["equal"], "a new verdict replays differently")
    newest = team.json("gus", "show", "--history")[0]
    check(newest["backtest"] == report["id"] and newest["approvers"] == ["fay", "dee"],
          f"the version does not say what it was published with: {newest}")
    return key


def words(team, key):
    """Rules and verdicts in words, and what would change them."""
    check("only members of @standard" in team.run("ana", "explain", "auto/standard-tiers"), "words")
    check("auto/standard-tiers" in team.run("ana", "explain", key), "the verdict is not explained")
    changed = team.run("ana", "explain", key, "--set", "deps=[k8s/gpu]")
    check("k8s/gpu" in changed and "What if" in changed, changed)
    typo = team.run("ana", "explain", key, "--set", "depz=[k8s/gpu]", code=2)
    check("deps" in typo, f"no nearest name:\n{typo}")
    check("enforce" in team.run("ana", "show", "auto/standard-tiers"), "show")
    team.run("ana", "explain", "auto/no-such-rule", code=6)
    check("auto/standard-tiers" in team.run("gus", "health"), "health")


def plan(instance_class, unknown=None):
    """A Terraform plan with one database."""
    after = {"engine": "postgres", "identifier": "uploads"}
    if instance_class:
        after["instance_class"] = instance_class
    return {"format_version": "1.2", "terraform_version": "1.7.0",
            "planned_values": {"root_module": {}},
            "resource_changes": [{
                "address": "aws_db_instance.uploads", "mode": "managed", "type": "aws_db_instance",
                "name": "uploads", "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {"actions": ["create"], "before": None, "after": after,
                           "after_unknown": unknown or {}}}]}


def envelope(team):
    """What is built is compared with what was approved."""
    [key] = team.submit("postgres/standard-m")
    check(team.decided_by(key)[0] == "AUTO_APPROVED", "a standard tier was not approved")
    path = team.service.root / "plan.json"

    def compare(content, *flags, code):
        path.write_text(json.dumps(content))
        return team.run("ana", "envelope", "check", key, "--plan", path, *flags, code=code)

    compare(plan("db.m7g.large"), code=0)
    warned = compare(plan("db.m7g.large", {"arn": True, "id": True}), code=0)
    check("arn" in warned, f"an unknown name is not warned of:\n{warned}")
    undecided = compare(plan(None, {"instance_class": True}), code=1)
    check("instance_class" in undecided or "tier" in undecided, undecided)
    outside = compare(plan("db.t4g.small"), code=1)
    check("postgres/standard-s" in outside and "plan.json" in outside,
          f"the breach has no place:\n{outside}")
    check(team.decided_by(key)[0] == "AUTO_APPROVED", "a check alone challenged the approval")
    compare(plan("db.t4g.small"), "--report", code=1)
    check(team.decided_by(key)[0] == "ASYNC_REVIEW", "the breach did not challenge the approval")
    [reviewed] = team.submit("k8s/gpu")
    none = team.run("ana", "envelope", "check", reviewed, "--plan", path, code=5)
    check(reviewed in none, f"a spec that no rule approved has an envelope:\n{none}")


def audits(team, key):
    """The first approvals of a rule are all audited; one that fails goes to people."""
    team.run("ana", "audit", "list", code=4)
    drawn = [audit["spec"] for audit in team.json("eli", "audit", "list", "--open")]
    check(key in drawn, f"{key} is not among {drawn}")
    team.run("eli", "audit", "record", key, "fnie", "-m", "typo", code=2)
    team.run("eli", "audit", "record", key, "should-have-been-reviewed", "-m", "wrong bucket")
    check(team.decided_by(key)[0] == "ASYNC_REVIEW", "the failed audit did not challenge")
    left = [audit["spec"] for audit in team.json("eli", "audit", "list", "--open")]
    check(key not in left, "an audit with a result is still open")


def rollback(team, shipped_hash):
    """An earlier version comes back; narrowing needs nobody else."""
    version = next(v for v in team.json("gus", "show", "--history")
                   if v["message"] == "fewer meetings")
    text = team.run("gus", "rollback", version["sourceHash"][:12], "-m", "one was wrong")
    check("N002" in text, f"what is no longer approved is not said:\n{text}")
    newest = team.json("gus", "show", "--history")[0]
    check(newest["rollback"] and newest["sourceHash"] == version["sourceHash"], newest)
    [key] = team.submit("s3/glacier")
    check(team.decided_by(key)[1] == "ASYNC", "the next submit is decided by what was rolled back")
    team.run("gus", "rollback", "0000", "-m", "no such version", code=6)
    check(shipped_hash in {v["sourceHash"] for v in team.json("gus", "show", "--history")},
          "the first version is gone from the history")


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        shipped = pathlib.Path(sys.argv[2]).resolve()
        team = Team(service)
        calm = copy_policy(shipped, service.root / "calm")
        without_meetings(calm)
        cold = copy_policy(calm, service.root / "cold")
        with_glacier(cold)

        offline(team, shipped, calm, cold)
        shipped_hash = harmless_change(team, calm)
        review_history(team)
        key = widening_change(team, cold)
        words(team, key)
        envelope(team)
        audits(team, key)
        rollback(team, shipped_hash)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
