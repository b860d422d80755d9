import assert from "node:assert/strict";
import { test } from "node:test";

import { Code, ConnectError, reasonOf } from "../src/index.js";
import { BadRequestSchema, ErrorInfoSchema } from "#gen/google/rpc/error_details_pb.js";

function refusal(reason: string, domain = "gavel.dev"): ConnectError {
  return new ConnectError("No.", Code.FailedPrecondition, undefined, [
    { desc: ErrorInfoSchema, value: { reason, domain, metadata: { allowed: "withdraw" } } },
    {
      desc: BadRequestSchema,
      value: { fieldViolations: [{ field: "text", description: "Empty.", reason: "GV101" }] },
    },
  ]);
}

test("a refusal says why, with its metadata and violations", () => {
  const reason = reasonOf(refusal("STATE_NOT_ALLOWED"));
  assert.ok(reason);
  assert.equal(reason.name, "STATE_NOT_ALLOWED");
  assert.equal(reason.code, Code.FailedPrecondition);
  assert.equal(reason.message, "No.");
  assert.deepEqual({ ...reason.metadata }, { allowed: "withdraw" });
  const [violation] = reason.violations;
  assert.equal(violation?.field, "text");
  assert.equal(violation?.description, "Empty.");
  assert.equal(violation?.reason, "GV101");
});

for (const text of ["WRITTEN_NEXT_YEAR", "UNSPECIFIED", "1", "toString"]) {
  test(`${text} is shown as text`, () => {
    const reason = reasonOf(refusal(text));
    assert.equal(reason?.name, "OTHER");
    assert.equal(reason?.text, text);
  });
}

test("what gaveld did not answer has no reason", () => {
  assert.equal(reasonOf(new ConnectError("broken", Code.Unavailable)), undefined);
  assert.equal(reasonOf(refusal("STATE_NOT_ALLOWED", "proxy.example")), undefined);
  assert.equal(reasonOf(new Error("ours")), undefined);
  assert.equal(reasonOf(undefined), undefined);
});
