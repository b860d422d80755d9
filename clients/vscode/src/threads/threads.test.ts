import assert from "node:assert/strict";
import { test } from "node:test";

import {
  create,
  fromJson,
  CommentSchema,
  ExplainSpecResponseSchema,
  SpecSchema,
} from "@gavel/client";

import { detailFromStored, detailToStored, revisionsOf, type Detail } from "../model/detail";
import { Drafts, type Memory } from "./drafts";
import { threadsOf, type Thread } from "./threads";

const ANCHOR = {
  revision: 1,
  firstLine: 11,
  lastLine: 11,
  quote: "by hand",
  heading: "Key rotation",
};

const ANA = { server: "specs:4283", me: "ana" };

const ALL = ["AnswerConcern", "ResolveConcern", "WithdrawConcern", "ChangeConcernSeverity"];

function detail(allowed: string[] = ALL): Detail {
  const spec = fromJson(SpecSchema, {
    key: "MEDIA-1",
    revisions: [{ number: 1 }, { number: 2 }, { number: 3 }],
    concerns: [
      {
        id: "c1",
        title: "key rotation",
        text: "Old keys stay.",
        severity: "SEVERITY_BLOCKING",
        status: "STATUS_OPEN",
        criteria: "it is automated",
        raiser: "dee",
        owner: "dee",
        anchor: ANCHOR,
        raiseTime: "2026-11-23T08:00:00Z",
        answerTime: "2026-11-23T10:00:00Z",
        replies: [
          {
            author: "ana",
            text: "By a job now.",
            createTime: "2026-11-23T10:00:00Z",
            answer: true,
          },
        ],
      },
      {
        id: "c2",
        title: "TTL?",
        severity: "SEVERITY_QUESTION",
        status: "STATUS_OPEN",
        raiser: "fay",
        owner: "fay",
      },
      {
        id: "c3",
        title: "names",
        severity: "SEVERITY_QUESTION",
        status: "STATUS_RESOLVED",
        raiser: "fay",
        owner: "fay",
        resolution: "Renamed.",
        closedBy: "fay",
        closeTime: "2026-11-23T10:00:00Z",
        replies: [
          { author: "fay", text: "Renamed.", createTime: "2026-11-23T08:30:00Z" },
          { author: "fay", text: "Renamed.", createTime: "2026-11-23T10:00:00Z" },
        ],
      },
    ],
  } as never);
  const comments = [
    { id: "m1", author: "kim", text: "Why?", anchor: { ...ANCHOR, revision: 2 } },
    { id: "m2", author: "ana", text: "Because.", inReplyTo: "m1" },
    { id: "m3", author: "kim", text: "And then?", inReplyTo: "m2" },
    {
      id: "m4",
      author: "dee",
      text: "Which job?",
      inReplyTo: "c1",
      createTime: "2026-11-23T09:00:00Z",
    },
    { id: "m5", author: "bo", text: "Lost.", inReplyTo: "m99" },
  ].map((json) => fromJson(CommentSchema, json as never));
  const explain = create(ExplainSpecResponseSchema, { allowed });
  return { spec, comments, explain, texts: new Map([[3, "text"]]) };
}

function byId(threads: Thread[]): Map<string, Thread> {
  return new Map(threads.map((thread) => [thread.id, thread]));
}

test("concerns and comments become threads, replies go to their root", () => {
  const threads = byId(threadsOf(detail(), "dee"));
  assert.deepEqual([...threads.keys()], ["c1", "c2", "c3", "m1", "m5"]);
  assert.deepEqual(
    threads.get("m1")?.remarks.map((each) => each.id),
    ["m1", "m2", "m3"],
  );
});

test("a concern's thread reads in order of time: the objection, talk, the answer", () => {
  const thread = byId(threadsOf(detail(), "dee")).get("c1");
  assert.equal(thread?.label, "blocking, answered · key rotation");
  assert.deepEqual(
    thread?.remarks.map((each) => `${each.author} ${each.label}: ${each.text}`),
    [
      "@dee : Old keys stay.\n\n**Done when:** it is automated",
      "@dee : Which job?",
      "@ana answer: By a job now.",
    ],
  );
});

test("a closed concern says how it ended, and offers nothing", () => {
  const thread = byId(threadsOf(detail(), "fay")).get("c3");
  assert.equal(thread?.open, false);
  assert.equal(thread?.label, "resolved · names");
  assert.deepEqual(
    thread?.remarks.slice(1).map((each) => `${each.label}: ${each.text}`),
    [": Renamed.", "resolved: Renamed."],
  );
  assert.deepEqual(thread?.may, []);
});

const MAY: { who: string; allowed: string[]; thread: string; may: string[] }[] = [
  { who: "dee", allowed: ALL.slice(1), thread: "c1", may: ["mayResolve", "mayWithdraw"] },
  { who: "dee", allowed: ALL.slice(1), thread: "c2", may: [] },
  {
    who: "fay",
    allowed: ALL.slice(1),
    thread: "c2",
    may: ["mayResolve", "mayRaise", "mayWithdraw"],
  },
  { who: "fay", allowed: ["ResolveConcern"], thread: "c2", may: ["mayResolve"] },
  { who: "ana", allowed: ["AnswerConcern"], thread: "c1", may: ["mayAnswer"] },
  { who: "ana", allowed: [], thread: "c1", may: [] },
  // A stand-in owns none; the server says that something is theirs to clear.
  { who: "eli", allowed: ["ResolveConcern"], thread: "c1", may: ["mayResolve"] },
];

for (const { who, allowed, thread, may } of MAY) {
  const can = may.join(", ") || "nothing";
  test(`${who} with ${allowed.join(", ") || "nothing"} allowed ${can} on ${thread}`, () => {
    assert.deepEqual(byId(threadsOf(detail(allowed), who)).get(thread)?.may, may);
  });
}

test("a draft is last in its thread, or a thread of its own, and never looks sent", () => {
  const drafts = [
    { id: "d1", spec: "MEDIA-1", thread: "c1", text: "Not yet.", account: ANA },
    { id: "d2", spec: "MEDIA-1", thread: "", text: "New.", anchor: ANCHOR, account: ANA },
  ];
  const threads = byId(threadsOf(detail(), "dee", drafts));
  assert.deepEqual(threads.get("c1")?.remarks.at(-1), {
    id: "d1",
    author: "You",
    text: "Not yet.",
    time: undefined,
    label: "draft, not sent",
    draft: true,
  });
  assert.equal(threads.get("d2")?.anchor, ANCHOR);
});

test("the revisions that a reader needs are the current one and those of anchors", () => {
  const { spec, comments } = detail();
  assert.deepEqual(revisionsOf(spec, comments), [1, 2, 3]);
});

test("offline, a spec reads as it did, and nothing may be done", () => {
  const stored = JSON.parse(JSON.stringify(detailToStored(detail())));
  const again = detailFromStored(stored);
  assert.ok(again);
  assert.deepEqual(again.explain.allowed, []);
  assert.deepEqual(again.texts, detail().texts);
  assert.deepEqual(
    threadsOf(again, "dee").map((each) => each.label),
    threadsOf(detail(), "dee").map((each) => each.label),
  );
  assert.equal(detailFromStored({ version: 1 }), undefined);
});

function memory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: async (key, value) => void values.set(key, value),
  };
}

test("drafts stay until they are removed, spec by spec", async () => {
  const kept = memory();
  const drafts = new Drafts(kept, () => ANA);
  const first = await drafts.add({ spec: "MEDIA-1", thread: "", text: "a" });
  await drafts.add({ spec: "MEDIA-2", thread: "", text: "b" });
  assert.deepEqual(new Drafts(kept, () => ANA).of("MEDIA-1"), [first]);
  await drafts.remove(first.id);
  assert.deepEqual(drafts.of("MEDIA-1"), []);
  assert.equal(drafts.of("MEDIA-2").length, 1);
});

for (const other of [
  { server: "other:4283", me: "ana" },
  { server: "specs:4283", me: "bo" },
  { server: "", me: "" },
]) {
  test(`a draft is not ${other.me || "nobody"}'s on ${other.server || "no server"}`, async () => {
    let account = ANA;
    const drafts = new Drafts(memory(), () => account);
    const draft = await drafts.add({ spec: "MEDIA-1", thread: "", text: "a" });
    account = other;
    assert.deepEqual(drafts.of("MEDIA-1"), []);
    assert.equal(await drafts.send(draft, () => assert.fail("sent")), false);
    account = ANA;
    assert.deepEqual(drafts.of("MEDIA-1"), [draft]);
  });
}

test("what is written while nobody is known is nobody's", async () => {
  const nobody = { server: "", me: "" };
  const drafts = new Drafts(memory(), () => nobody);
  await drafts.add({ spec: "MEDIA-1", thread: "", text: "a" });
  assert.deepEqual(drafts.of("MEDIA-1"), []);
});

test("a draft that is on its way is not shown as unsent; one that did not arrive is", async () => {
  const drafts = new Drafts(memory(), () => ANA);
  const draft = await drafts.add({ spec: "MEDIA-1", thread: "c1", text: "a" });
  for (const arrives of [false, true]) {
    await drafts.send(draft, async () => {
      assert.deepEqual(drafts.of("MEDIA-1"), []);
      return arrives;
    });
    assert.deepEqual(drafts.of("MEDIA-1"), arrives ? [] : [draft]);
  }
});
