"""gavel api: the server's methods by what it says about itself; and the flags of every command.

Usage: api_test.py BIN_DIR POLICY_DIR
"""

import json
import pathlib
import signal
import subprocess
import sys

from gavel_service import SPEC, Service, commit_all, expect
from line_reader import LineReader


def ok(service, *words, person="ana"):
    done = service.gavel(person, *words)
    expect(done.returncode == 0, f"{words}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def refused(service, code, says, *words, person="ana"):
    done = service.gavel(person, *words)
    expect(done.returncode == code, f"{words}: exit {done.returncode}, not {code}: {done.stderr}")
    expect(says in done.stderr, f"{words}: `{says}` is not said: {done.stderr}")


def test_the_server_describes_itself(service, key):
    services = ok(service, "api").split()
    expect("gavel.v1.SpecService" in services and services == sorted(services), f"{services}")
    methods = ok(service, "api", "gavel.v1.SpecService")
    expect("rpc GetSpec(gavel.v1.GetSpecRequest) returns (gavel.v1.GetSpecResponse);" in methods,
           methods)
    described = ok(service, "api", "gavel.v1.SpecService/AddComment", "--describe")
    for text in ("message AddCommentRequest {", "string request_id", "message Anchor {"):
        expect(text in described, f"`{text}` is not described: {described}")
    expect(json.loads(ok(service, "api", "--json"))[0]["service"], "no JSON list of services")


def test_a_call_is_json_both_ways(service, key):
    method = "gavel.v1.SpecService/GetSpec"
    request = json.dumps({"spec": key})
    expect(json.loads(ok(service, "api", method, "-d", request))["spec"]["key"] == key, "-d JSON")
    (service.root / "request.json").write_text(request)
    expect(json.loads(ok(service, "api", method, "-d", "@request.json"))["spec"]["key"] == key,
           "-d @FILE")
    done = subprocess.run([service.bin / "gavel", "api", method, "-d", "-", "--jq", ".spec.key"],
                          input=request, env=service.environment("ana"), capture_output=True,
                          text=True, check=True)
    expect(done.stdout == key + "\n", f"-d - with --jq: {done.stdout}")


def test_wrong_requests_are_refused(service, key):
    method = "gavel.v1.SpecService/GetSpec"
    refused(service, 2, "specc", "api", method, "-d", '{"specc": "X-1"}')
    refused(service, 2, "GetSpecRequest", "api", method, "-d", "{")
    refused(service, 2, "sppec", "api", method, "-d", "{}", "--json=sppec")
    refused(service, 6, "MEDIA-999", "api", method, "-d", '{"spec": "MEDIA-999"}')
    refused(service, 6, "GetSpecc", "api", "gavel.v1.SpecService/GetSpecc")
    refused(service, 6, "no.Such", "api", "no.Such/Method")
    refused(service, 2, "stream", "api",
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")


def test_a_server_that_does_not_describe_itself_is_no_bug_of_ours(service, key):
    script = pathlib.Path(__file__).resolve().parent / "answers_error.py"
    with LineReader(["/usr/bin/python3", script, "UNIMPLEMENTED"], None) as old:
        server = "127.0.0.1:" + old.take(1)[0]
        refused(service, 5, "reflection", "api", "--server", server)


def test_a_write_goes_through_it_once_and_as_who_we_are(service, key):
    method = "gavel.v1.SpecService/AddComment"
    request = json.dumps({"spec": key, "text": "by hand"})
    ok(service, "api", method, "-d", request, person="chen")
    refused(service, 4, "gavel auth login", "api", method, "-d", request, person="")
    expect(service.spec(key)["commentCount"] == 1, "not exactly one comment")


def test_a_stream_is_one_line_a_message_until_ctrl_c(service, key):
    command = [service.bin / "gavel", "api", "gavel.v1.WatchService/WatchEvents", "-d",
               json.dumps({"filter": {"specs": [key]}}), "--jq", "[.events[].type] | join(\",\")"]
    with LineReader(command, service.environment("ana")) as stream:
        stream.until(lambda line: "CommentAdded" in line)
        ok(service, "comment", key, "-m", "live", person="chen")
        stream.until(lambda line: line == "CommentAdded")
        stream.process.send_signal(signal.SIGINT)
        expect(stream.process.wait(timeout=20) == 130, "Ctrl-C did not end the stream")


def test_jq_takes_what_a_command_prints(service, key):
    expect(ok(service, "status", key, "--jq", ".key") == key + "\n", "status")
    expect(ok(service, "status", "--jq", ".[].key") == key + "\n", "a list")
    expect(ok(service, "status", key, "--json=key,revision", "--jq", "keys|join(\" \")")
           == "key revision\n", "--jq after --json=…")
    expect(ok(service, "config", "--jq", '.[] | select(.key == "server") | .source')
           == "GAVEL_SERVER\n", "config")
    watch = [service.bin / "gavel", "watch", "--from", "0", "--jq", ".type"]
    with LineReader(watch, service.environment("ana")) as stream:
        stream.until(lambda line: line == "SpecCreated")
    # An expression that does not fit the answer is an error, whatever the command did.
    refused(service, 2, "Cannot index", "status", key, "--jq", ".key.x")


def test_the_flags_of_every_command_hold(service, key):
    expect(ok(service, "comment", key, "-m", "quiet", "-q", person="chen") == "", "-q says something")
    done = service.gavel("ana", "status", key, "--debug")
    for text in (service.address, "GAVEL_SERVER", "as ana", "/gavel.v1.SpecService/GetSpec"):
        expect(text in done.stderr, f"--debug does not name {text}: {done.stderr}")


def test_the_doctor_says_what_to_do(service, key):
    def doctor(*words, code=0, **more):
        done = subprocess.run([service.bin / "gavel", "doctor", "--json", *words],
                              env={**service.environment("ana"), **more}, capture_output=True,
                              cwd=service.root, text=True, check=False)
        expect(done.returncode == code, f"doctor {words}: exit {done.returncode}: {done.stderr}")
        found = {one["part"]: one for one in json.loads(done.stdout)}
        for one in found.values():
            expect(one["result"] == "ok" or one["fix"], f"no fix for {one}")
        return {part: one["result"] for part, one in found.items()}

    found = doctor()
    for part in ("config", "state", "tls", "server", "token", "clock", "version", "git"):
        expect(found.get(part) == "ok", f"{part}: {found}")
    expect(found["policy"] == "warn" and found["keyring"] == "warn", f"{found}")
    found = doctor("--server", "127.0.0.1:1", code=1)
    expect(found["server"] == "fail" and found["git"] == "ok", f"no server: {found}")
    expect(doctor("--server", "gavel.example:1", "--timeout", "1s", code=1)["tls"] == "fail",
           "clear text to another machine")
    expect(doctor(GAVEL_AS="", code=1)["token"] == "fail", "nobody is signed in")
    config = service.root / "broken"
    config.mkdir()
    (config / "client.yaml").write_text("sever: a:1\n")
    found = doctor(GAVEL_CONFIG_DIR=str(config), code=1)
    expect(found["config"] == "fail" and found["git"] == "ok", f"a broken file: {found}")


def main():
    with Service(sys.argv[1], pathlib.Path(sys.argv[2]).resolve()) as service:
        folder = service.repository("api", "https://github.com/acme/api.git")
        (folder / "a.md").write_text(
            SPEC.format(title="Asked by hand", tier="postgres/standard-m", words="Words."))
        commit_all(folder)
        done = service.gavel("ana", "submit", "a.md", "--yes", "--wants", "async", "--json=key",
                             cwd=folder)
        expect(done.returncode == 0, done.stderr)
        key = json.loads(done.stdout)["key"]
        tests = [test_the_server_describes_itself, test_a_call_is_json_both_ways,
                 test_wrong_requests_are_refused,
                 test_a_server_that_does_not_describe_itself_is_no_bug_of_ours,
                 test_a_write_goes_through_it_once_and_as_who_we_are,
                 test_a_stream_is_one_line_a_message_until_ctrl_c,
                 test_jq_takes_what_a_command_prints, test_the_flags_of_every_command_hold,
                 test_the_doctor_says_what_to_do]
        for test in tests:
            test(service, key)
            print(f"ok {test.__name__}", flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
