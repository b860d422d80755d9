import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { create, ExplainSpecResponseSchema, SpecSchema, type Gavel } from "@gavel/client";

import { Mirror } from "./mirror";
import { SnapshotStore } from "./store";

const KEY = "MEDIA-1"; // Every server has one.

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mirror-"));
});

after(() => rm(folder, { recursive: true }));

/** A server with one spec, whose title says where it is and who reads it. */
function answersOf(server: string, me: string): Gavel {
  const spec = create(SpecSchema, { key: KEY, title: `${me} on ${server}` });
  return {
    server: { getServerInfo: async () => ({ principal: me }) },
    specs: {
      listSpecs: async () => ({ specs: [spec], seq: 7n, nextPageToken: "" }),
      listInbox: async () => ({ items: [] }),
      listDecisions: async () => ({ decisions: [] }),
      getSpec: async () => ({ spec }),
      explainSpec: async () => create(ExplainSpecResponseSchema),
      listComments: async () => ({ comments: [], nextPageToken: "" }),
    },
    meetings: { listMeetings: async () => ({ meetings: [] }) },
    close: () => {},
  } as unknown as Gavel;
}

/** A mirror whose server and reader are those of `now`, and how often it forgot. */
function mirrorOf(now: { server: string; me: string }) {
  let forgotten = 0;
  const mirror = new Mirror({
    open: async () => ({ gavel: answersOf(now.server, now.me), server: now.server }),
    store: async () => new SnapshotStore(folder, now.server, now.me),
    onMyTurn: () => {},
    log: () => {},
  });
  mirror.forgotten.on(() => forgotten++);
  return { mirror, forgotten: () => forgotten };
}

const going = () => new AbortController().signal;

test("a detail of one account is not shown to the next one", async () => {
  for (const next of [
    { server: "b:1", me: "ana" },
    { server: "a:1", me: "bo" },
  ]) {
    const now = { server: "a:1", me: "ana" };
    const { mirror, forgotten } = mirrorOf(now);
    assert.equal(await mirror.load(going()), 7n);
    assert.equal((await mirror.detail(KEY))?.spec.title, "ana on a:1");
    const before = forgotten();
    await mirror.load(going());
    assert.equal(forgotten(), before, "the same account again");
    Object.assign(now, next);
    await mirror.load(going());
    assert.equal(forgotten(), before + 1);
    assert.deepEqual([mirror.lists.server, mirror.lists.me], [next.server, next.me]);
    assert.equal((await mirror.detail(KEY))?.spec.title, `${next.me} on ${next.server}`);
  }
});

test("what was forgotten while it was read is not there again", async () => {
  const { mirror } = mirrorOf({ server: "a:1", me: "ana" });
  const attempt = new AbortController();
  const loading = mirror.load(attempt.signal);
  attempt.abort();
  mirror.forget();
  await assert.rejects(loading);
  assert.equal(mirror.gavel, undefined);
  assert.equal(mirror.lists.me, "");
});

test("nothing is sent over a connection before it is known whose it is", async () => {
  const { mirror } = mirrorOf({ server: "a:1", me: "ana" });
  await mirror.load(going());
  const loading = mirror.load(going());
  assert.equal(mirror.gavel, undefined);
  await loading;
  assert.ok(mirror.gavel);
});
