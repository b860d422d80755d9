"""A client that shares no code with ours: `buf curl`, which learns the API by reflection.

Usage: foreign_client_test.py BIN_DIR POLICY_DIR BUF

Checks: it submits, reads back the bytes, watches the log from its start and resumes from a cursor,
and sees canonical codes with google.rpc details.
"""

import base64
import json
import subprocess
import sys

from gavel_service import Service, expect

DOCUMENT = b"""---
spec: 1
title: Sent by a foreign client
summary: Submitted through reflection by a program that never saw our protos.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{use: postgres/standard-m, for: rows}]
data: {classification: internal, personal: false}
cost: {monthly_usd: 100}
change: {reversible: true, blast_radius: low}
---
# Sent by a foreign client
"""


class Foreign:
    def __init__(self, buf, address):
        self.buf = buf
        self.address = address

    def command(self, method, request):
        return [self.buf, "curl", "--protocol", "grpc", "--http2-prior-knowledge",
                "-H", "gavel-principal: ana", "-d", json.dumps(request),
                f"http://{self.address}/gavel.v1.{method}"]

    def call(self, method, request):
        done = subprocess.run(self.command(method, request), capture_output=True, text=True,
                              timeout=60, check=False)
        expect(done.returncode == 0, f"{method}: {done.stderr}")
        return json.loads(done.stdout)

    def fail(self, method, request):
        """The error of a call that must not succeed."""
        done = subprocess.run(self.command(method, request), capture_output=True, text=True,
                              timeout=60, check=False)
        expect(done.returncode != 0, f"{method} succeeded: {done.stdout}")
        return json.loads(done.stderr)

    def watch(self, request, until):
        """Responses of a watch until one holds an event of type `until`."""
        process = subprocess.Popen(self.command("WatchService/WatchEvents", request),
                                   stdout=subprocess.PIPE, text=True)
        try:
            responses = []
            decoder, text = json.JSONDecoder(), ""
            for line in process.stdout:
                text += line
                try:
                    response, end = decoder.raw_decode(text.lstrip())
                except json.JSONDecodeError:
                    continue
                text = text.lstrip()[end:]
                responses.append(response)
                if any(event["type"] == until for event in response.get("events", [])):
                    return responses
            raise AssertionError(f"the stream ended before {until}")
        finally:
            process.kill()
            process.wait()


def main():
    bin_dir, policy_dir, buf = sys.argv[1:4]
    with Service(bin_dir, policy_dir) as service:
        client = Foreign(buf, service.address)
        create = {"repository": "github.com/acme/foreign", "path": "a.md",
                  "content": base64.b64encode(DOCUMENT).decode(),
                  "requestId": "0d3c9d9e-5f2b-4c51-9d11-6f7f3f0a8a01"}
        key = client.call("SpecService/CreateSpec", create)["spec"]["key"]
        expect(client.call("SpecService/CreateSpec", create)["spec"]["key"] == key,
               "the same request made a second spec")
        spec = client.call("SpecService/SubmitSpec", {"spec": key})["spec"]
        expect(spec["state"] == "STATE_AUTO_APPROVED", spec["state"])
        content = client.call("SpecService/GetRevision", {"spec": key})["content"]
        expect(base64.b64decode(content) == DOCUMENT, "the bytes came back changed")

        responses = client.watch({"afterSeq": "0"}, "DecisionRecorded")
        through = "0"
        for response in responses:
            expect(response.get("fromSeqExclusive", "0") == through, "responses do not abut")
            through = response["throughSeq"]
        seqs = [int(event["seq"]) for response in responses for event in response.get("events", [])]
        expect(seqs == list(range(1, len(seqs) + 1)), "events are missing or out of order")

        client.call("SpecService/AddComment", {"spec": key, "text": "Seen from outside."})
        resumed = client.watch({"cursor": responses[-1]["cursor"]}, "CommentAdded")
        first = next(event for response in resumed for event in response.get("events", []))
        expect(int(first["seq"]) == seqs[-1] + 1, "the cursor did not resume right after it")

        error = client.fail("SpecService/PullBackSpec", {"spec": key})
        expect(error["code"] == "failed_precondition", error)
        expect(any("ErrorInfo" in detail["type"] for detail in error["details"]), error)
        print(f"watched={len(seqs)} events, resumed at {first['seq']}")
    print("1 passed, 0 failed")


main()
