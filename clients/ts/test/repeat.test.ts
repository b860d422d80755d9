import assert from "node:assert/strict";
import { test } from "node:test";

import { createClient, createRouterTransport } from "@connectrpc/connect";

import {
  AddCommentRequestSchema,
  Code,
  ConnectError,
  create,
  ServerService,
  SpecService,
} from "../src/index.js";
import { fillRequestId, repeatWhileUnavailable } from "../src/repeat.js";

/** A server that fails `failures` times with `code`, and the request ids that it saw. */
function failing(failures: number, code: Code, forMs = 10_000) {
  const ids: string[] = [];
  let calls = 0;
  const fail = () => {
    calls += 1;
    if (calls <= failures) throw new ConnectError("no", code);
    return {};
  };
  const transport = createRouterTransport(
    ({ service }) => {
      service(SpecService, {
        getSpec: fail,
        addComment: (request) => {
          ids.push(request.requestId);
          return fail();
        },
      });
      service(ServerService, { advanceClock: fail });
    },
    { transport: { interceptors: [fillRequestId, repeatWhileUnavailable(forMs)] } },
  );
  return {
    specs: createClient(SpecService, transport),
    server: createClient(ServerService, transport),
    ids,
    calls: () => calls,
  };
}

test("a read is asked again while the server is away", async () => {
  const { specs, calls } = failing(3, Code.Unavailable);
  await specs.getSpec({ spec: "MEDIA-1" });
  assert.equal(calls(), 4);
});

test("a write is asked again with the same request id", async () => {
  const { specs, ids } = failing(2, Code.Unavailable);
  await specs.addComment({ spec: "MEDIA-1", text: "Once." });
  assert.equal(ids.length, 3);
  assert.match(ids[0] ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(new Set(ids).size, 1);
});

test("a request id that the caller chose stays", async () => {
  const { specs, ids } = failing(0, Code.Unavailable);
  await specs.addComment({ spec: "MEDIA-1", requestId: "mine" });
  assert.deepEqual(ids, ["mine"]);
});

test("one message sent twice is two requests", async () => {
  const { specs, ids } = failing(0, Code.Unavailable);
  const message = create(AddCommentRequestSchema, { spec: "MEDIA-1", text: "Again." });
  await specs.addComment(message);
  await specs.addComment(message);
  assert.equal(new Set(ids).size, 2);
  assert.equal(message.requestId, "");
});

test("moving the clock is never repeated", async () => {
  const { server, calls } = failing(1, Code.Unavailable);
  await assert.rejects(server.advanceClock({}), { code: Code.Unavailable });
  assert.equal(calls(), 1);
});

for (const code of [Code.FailedPrecondition, Code.Aborted, Code.Internal, Code.ResourceExhausted]) {
  test(`${Code[code]} is an answer`, async () => {
    const { specs, calls } = failing(1, code);
    await assert.rejects(specs.getSpec({ spec: "MEDIA-1" }), { code });
    assert.equal(calls(), 1);
  });
}

test("a server that stays away is given up, with its own error", async () => {
  const { specs } = failing(Infinity, Code.Unavailable, 300);
  const start = Date.now();
  await assert.rejects(specs.getSpec({ spec: "MEDIA-1" }), { code: Code.Unavailable });
  assert.ok(Date.now() - start < 2_000);
});

test("a cancelled call is not repeated", async () => {
  const stop = new AbortController();
  const { specs, calls } = failing(Infinity, Code.Unavailable, 3_600_000);
  setTimeout(() => stop.abort(), 50);
  await assert.rejects(specs.getSpec({ spec: "MEDIA-1" }, { signal: stop.signal }));
  const before = calls();
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(calls(), before);
});
