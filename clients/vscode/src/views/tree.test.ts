import assert from "node:assert/strict";
import { test } from "node:test";

import {
  create,
  fromJson,
  DecisionRecordSchema,
  MeetingSchema,
  SpecSchema,
  Spec_State,
  TurnSchema,
  type Spec,
} from "@gavel/client";

import { EMPTY, fromStored, toStored, type Lists } from "../model/lists";
import { dueWords, oneLine, stateWord } from "../model/words";
import { stateIcon } from "./icons";
import { nodesOf, type ViewId } from "./tree";

const NOW = "2026-11-23T08:00:00Z"; // A Monday.

function spec(key: string, json: Record<string, unknown>): Spec {
  return fromJson(SpecSchema, {
    key,
    title: `About ${key}`,
    stage: "STAGE_ASYNC_REVIEW",
    ...json,
  } as never);
}

const LISTS: Lists = {
  ...EMPTY,
  server: "specs:4283",
  me: "ana",
  nowMs: Date.parse(NOW),
  specs: new Map(
    [
      spec("MEDIA-1", {
        state: "STATE_ASYNC_REVIEW",
        authors: ["bo"],
        updateSeq: "5",
        attention: [{ person: "ana" }],
      }),
      spec("MEDIA-2", {
        state: "STATE_QUEUED",
        authors: ["ana"],
        updateSeq: "9",
        attention: [{ role: "facilitator" }, { person: "chen" }, { person: "dee" }],
      }),
      spec("MEDIA-3", {
        state: "STATE_APPROVED",
        stage: "STAGE_DECISION",
        authors: ["ana"],
        updateSeq: "7",
      }),
    ].map((each) => [each.key, each]),
  ),
  turns: new Map([
    ["MEDIA-1", fromJson(TurnSchema, { people: ["ana"], dueTime: "2026-11-24T16:00:00Z" })],
  ]),
  meetings: [
    fromJson(MeetingSchema, { id: "held", area: "media", state: "STATE_CLOSED", startTime: NOW }),
    fromJson(MeetingSchema, {
      id: "2026-11-26-media",
      area: "media",
      state: "STATE_FROZEN",
      startTime: "2026-11-26T14:00:00Z",
      packetTime: NOW,
      slots: [
        {
          spec: "MEDIA-9",
          title: "Second",
          order: 2,
          timeboxMinutes: 15,
          presenter: "bo",
          state: "STATE_PLANNED",
        },
        {
          spec: "MEDIA-8",
          title: "First\nforged",
          order: 1,
          timeboxMinutes: 20,
          state: "STATE_OPEN",
        },
        { spec: "MEDIA-7", title: "Gone", order: 3, timeboxMinutes: 20, state: "STATE_RELEASED" },
      ],
    }),
    fromJson(MeetingSchema, {
      id: "later",
      area: "media",
      state: "STATE_PLANNED",
      startTime: "2026-12-03T14:00:00Z",
    }),
    fromJson(MeetingSchema, {
      id: "plat",
      area: "platform",
      state: "STATE_PLANNED",
      startTime: "2026-11-24T09:30:00Z",
    }),
  ],
  decisions: [
    fromJson(DecisionRecordSchema, {
      spec: "MEDIA-3",
      title: "About MEDIA-3",
      decision: {
        id: "d1",
        outcome: "DECISION_OUTCOME_APPROVED",
        authority: "AUTHORITY_RULE",
        decideTime: NOW,
      },
    }),
  ],
};

const VIEWS: { view: ViewId; rows: string[] }[] = [
  { view: "yourTurn", rows: ["MEDIA-1 due tomorrow · About MEDIA-1 | Async review"] },
  {
    view: "mySpecs",
    rows: [
      "MEDIA-2 About MEDIA-2 | Queued · facilitator, @chen and 1 more",
      "MEDIA-3 About MEDIA-3 | Approved",
    ],
  },
  {
    view: "allOpen",
    rows: [
      "MEDIA-2 About MEDIA-2 | Queued · facilitator, @chen and 1 more",
      "MEDIA-1 About MEDIA-1 | Async review · due tomorrow",
    ],
  },
  { view: "decided", rows: ["MEDIA-3 About MEDIA-3 | Approved by a rule · Mon 23 Nov"] },
];

for (const { view, rows } of VIEWS) {
  test(`rows of ${view}`, () => {
    const nodes = nodesOf(view, LISTS);
    assert.deepEqual(
      nodes.map((node) => `${node.label} | ${node.description}`),
      rows,
    );
  });
}

test("the next meeting of each area, with its slots in order and its packet", () => {
  const [media, platform] = nodesOf("nextMeeting", LISTS);
  assert.match(media?.label ?? "", /^media: Thu 26 Nov, \d\d:00$/);
  assert.equal(media?.description, "2 specs, 35 min");
  assert.deepEqual(
    media?.children?.map((node) => `${node.label} | ${node.description}`),
    ["MEDIA-8 First forged | 20 min · now", "MEDIA-9 Second | 15 min · @bo", "Packet | "],
  );
  assert.equal(platform?.description, "nothing on it yet");
  assert.deepEqual(
    nodesOf("nextMeeting", LISTS, "platform").map((node) => node.meeting),
    ["plat"],
  );
});

test("a meeting that becomes the first one is unfolded, and keeps its fold from then on", () => {
  const first = (meetings: Lists["meetings"]) => nodesOf("nextMeeting", { ...LISTS, meetings })[0];
  const [, platform] = nodesOf("nextMeeting", LISTS);
  const next = first(LISTS.meetings.filter((meeting) => meeting.area === "platform"));
  assert.equal(platform?.meeting, next?.meeting);
  assert.deepEqual([platform?.expanded, next?.expanded], [false, true]);
  assert.notEqual(platform?.id, next?.id, "the editor would keep it folded");
  assert.equal(first(LISTS.meetings)?.id, first([...LISTS.meetings])?.id);
});

test("every state has a word and a shape of its own", () => {
  const states = Object.values(Spec_State).filter(
    (state) => typeof state === "number" && state > 0,
  ) as number[];
  assert.equal(states.length, 12);
  assert.equal(new Set(states.map(stateWord)).size, 12);
  assert.equal(new Set(states.map((state) => stateIcon(state).id)).size, 12);
  assert.equal(stateWord(77), "State 77");
  assert.equal(stateIcon(77).id, "question");
});

const DAYS: [due: string, words: string][] = [
  ["2026-11-23T16:00:00Z", "due today"],
  ["2026-11-23T07:00:00Z", "due earlier today"],
  ["2026-11-24T00:30:00Z", "due tomorrow"],
  ["2026-11-26T08:00:00Z", "due Thu 26 Nov"],
  ["2027-01-04T08:00:00Z", "due Mon 4 Jan 2027"],
  ["2026-11-22T12:00:00Z", "1 day late"],
  ["2026-11-16T12:00:00Z", "7 days late"],
];

for (const [due, words] of DAYS) {
  test(`${due} is ${words}`, () => {
    const { dueTime } = fromJson(TurnSchema, { dueTime: due });
    assert.equal(dueWords(dueTime, Date.parse(NOW)), words);
  });
}

test("a title cannot forge a line or turn the text around", () => {
  assert.equal(oneLine(" a\r\nMEDIA-9 \u202Eb\u0007 "), "a MEDIA-9 b");
});

test("what is kept for offline reading is what was shown", () => {
  const again = fromStored(JSON.parse(JSON.stringify(toStored(LISTS))));
  assert.ok(again);
  for (const { view } of VIEWS) assert.deepEqual(nodesOf(view, again), nodesOf(view, LISTS));
  assert.deepEqual(again.meetings, LISTS.meetings);
  assert.deepEqual([again.server, again.me], [LISTS.server, LISTS.me]);
});

for (const damaged of [null, 7, {}, { version: 2 }, { version: 1, specs: [{ key: 4 }] }]) {
  test(`a snapshot ${JSON.stringify(damaged)} is not read`, () => {
    assert.equal(fromStored(damaged), undefined);
  });
}

test("a turn of a spec that is not listed is not shown", () => {
  const lists = { ...LISTS, turns: new Map([["MEDIA-99", create(TurnSchema)]]) };
  assert.deepEqual(nodesOf("yourTurn", lists), []);
});
