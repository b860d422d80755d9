import assert from "node:assert/strict";
import { test } from "node:test";

import { AnchorTable, isMostly, linesOf, type AnchorLike } from "./anchors";

const REVISION = [
  "---",
  "title: Keys",
  "---",
  "# Keys",
  "",
  "## Design",
  "Keys are made per tenant.",
  "They live for a quarter.",
  "",
  "## Key rotation",
  "Keys are rotated by hand each quarter.",
  "Nobody is told.",
  "}",
].join("\n");

function anchor(
  firstLine: number,
  lastLine = firstLine,
  more: Partial<AnchorLike> = {},
): AnchorLike {
  const quote = linesOf(REVISION)
    .slice(firstLine - 1, lastLine)
    .join("\n");
  const heading = firstLine >= 10 ? "Key rotation" : firstLine >= 6 ? "Design" : "";
  return { revision: 1, firstLine, lastLine, quote, heading, ...more };
}

function tableOf(buffer: string): AnchorTable {
  const table = new AnchorTable(buffer);
  table.addRevision(1, REVISION);
  return table;
}

// The revision after an edit of its lines.
function edited(edit: (lines: string[]) => void, newline = "\n"): string {
  const lines = linesOf(REVISION);
  edit(lines);
  return lines.join(newline);
}

const PLACES: {
  name: string;
  buffer: string;
  anchor: AnchorLike;
  at: [number, number] | undefined;
}[] = [
  { name: "an unchanged text", buffer: REVISION, anchor: anchor(11), at: [11, 11] },
  {
    name: "lines added above",
    buffer: edited((l) => l.splice(6, 0, "One.", "Two.", "Three.")),
    anchor: anchor(11),
    at: [14, 14],
  },
  {
    name: "lines removed above",
    buffer: edited((l) => l.splice(6, 2)),
    anchor: anchor(11),
    at: [9, 9],
  },
  {
    name: "a line added inside a range",
    buffer: edited((l) => l.splice(11, 0, "But soon by a job.")),
    anchor: anchor(11, 12),
    at: [11, 13],
  },
  {
    name: "the line reworded",
    buffer: edited((l) => (l[10] = "Keys are rotated by a job each quarter.")),
    anchor: anchor(11),
    at: [11, 11],
  },
  {
    name: "the line reworded and split",
    buffer: edited((l) => l.splice(10, 1, "By a job:", "Keys are rotated each quarter.")),
    anchor: anchor(11),
    at: [12, 12],
  },
  {
    name: "the line removed",
    buffer: edited((l) => l.splice(10, 1)),
    anchor: anchor(11),
    at: undefined,
  },
  {
    name: "the line replaced by something else",
    buffer: edited((l) => (l[10] = "See the appendix.")),
    anchor: anchor(11),
    at: undefined,
  },
  {
    name: "half of a range removed",
    buffer: edited((l) => l.splice(10, 1)),
    anchor: anchor(11, 12),
    at: [11, 11],
  },
  {
    name: "the section moved to the top",
    buffer: edited((l) => l.splice(5, 0, ...l.splice(9, 4))),
    anchor: anchor(11),
    at: [7, 7],
  },
  {
    name: "a moved line that is there twice, once under its heading",
    buffer: [
      "## Other",
      "Keys are rotated by hand each quarter.",
      "## Key rotation",
      "Keys are rotated by hand each quarter.",
    ].join("\n"),
    anchor: anchor(11, 11, { revision: 1, firstLine: 99, lastLine: 99 }),
    at: [4, 4],
  },
  {
    name: "a moved line that is there twice without its heading",
    buffer: "Keys are rotated by hand each quarter.\nx\nKeys are rotated by hand each quarter.",
    anchor: anchor(11, 11, { firstLine: 99, lastLine: 99 }),
    at: undefined,
  },
  {
    name: "a quote too short to be found again",
    buffer: "}",
    anchor: anchor(13, 13, { firstLine: 99, lastLine: 99 }),
    at: undefined,
  },
  {
    name: "line ends of another system",
    buffer: edited(() => {}, "\r\n"),
    anchor: anchor(11),
    at: [11, 11],
  },
  { name: "the whole document", buffer: REVISION, anchor: anchor(0, 0, { quote: "" }), at: [4, 4] },
  {
    name: "the whole of an empty document",
    buffer: "",
    anchor: anchor(0, 0, { quote: "" }),
    at: [1, 1],
  },
  { name: "an emptied document", buffer: "", anchor: anchor(11), at: undefined },
  {
    name: "a revision that is not known",
    buffer: REVISION,
    anchor: anchor(11, 11, { revision: 7 }),
    at: undefined,
  },
];

for (const { name, buffer, anchor: given, at } of PLACES) {
  test(`an anchor after ${name}`, () => {
    const place = tableOf(buffer).place(given);
    assert.deepEqual(place, at && { first: at[0], last: at[1] });
  });
}

test("a comment below an edit names the line of the revision", () => {
  const table = tableOf(edited((l) => l.splice(6, 0, "One.", "Two.")));
  assert.deepEqual(table.anchorAt(1, { first: 13, last: 13 }), anchor(11));
});

test("a comment on a range with a new line names the lines around it", () => {
  const table = tableOf(edited((l) => l.splice(11, 0, "New.")));
  assert.deepEqual(table.anchorAt(1, { first: 11, last: 13 }), anchor(11, 12));
});

test("a new line cannot be commented on", () => {
  const table = tableOf(edited((l) => l.splice(6, 0, "Entirely new words here.")));
  assert.equal(table.anchorAt(1, { first: 7, last: 7 }), undefined);
  assert.deepEqual(table.commentable(1), [
    { first: 1, last: 6 },
    { first: 8, last: 14 },
  ]);
});

test("a comment on an unknown revision has no anchor", () => {
  assert.equal(tableOf(REVISION).anchorAt(2, { first: 1, last: 1 }), undefined);
  assert.deepEqual(tableOf(REVISION).commentable(2), []);
});

test("places follow each change of the buffer, and an undo leads back", () => {
  const table = tableOf(REVISION);
  assert.deepEqual(table.place(anchor(11)), { first: 11, last: 11 });
  table.setBuffer("new\n" + REVISION);
  assert.deepEqual(table.place(anchor(11)), { first: 12, last: 12 });
  table.setBuffer("");
  assert.equal(table.place(anchor(11)), undefined);
  table.setBuffer(REVISION);
  assert.deepEqual(table.place(anchor(11)), { first: 11, last: 11 });
});

test("anchors of two revisions live in one buffer", () => {
  const second = edited((l) => l.splice(6, 0, "One.", "Two."));
  const table = tableOf(second);
  table.addRevision(2, second);
  assert.deepEqual(table.place(anchor(11)), { first: 13, last: 13 });
  assert.deepEqual(table.place(anchor(11, 11, { revision: 2, firstLine: 13, lastLine: 13 })), {
    first: 13,
    last: 13,
  });
});

// A thousand random edits: whatever a place is, it holds the line it was given for or one that
// shares words with it, and a line's way there leads back.
test("random edits never send a thread to another line", () => {
  let seed = 20261123;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const original = Array.from({ length: 60 }, (_, i) => `line ${i} about topic${i} and thing${i}`);
  const table = new AnchorTable("");
  table.addRevision(1, original.join("\n"));
  let lines = [...original];
  for (let round = 0; round < 1000; ++round) {
    const at = random(lines.length + 1);
    const kind = random(10);
    if (kind < 5) lines.splice(at, 0, `inserted ${round} x${random(9)} y${round}`);
    else if (kind < 9) lines.splice(at, 1);
    if (kind === 9 || lines.length < 20) lines = [...original];
    table.setBuffer(lines.join("\n"));
    const line = 1 + random(60);
    const text = original[line - 1] as string;
    const place = table.place({
      revision: 1,
      firstLine: line,
      lastLine: line,
      quote: text,
      heading: "",
    });
    assert.deepEqual(
      place === undefined ? undefined : lines[place.first - 1],
      lines.includes(text) ? text : undefined,
    );
    if (place !== undefined) assert.equal(table.anchorAt(1, place)?.firstLine, line);
  }
});

test("two unrelated texts of a megabyte take no longer than the limit", () => {
  const big = (word: string) =>
    Array.from({ length: 20000 }, (_, i) => `${word} ${i * 7919}`).join("\n");
  const table = new AnchorTable(big("one"));
  table.addRevision(1, big("two"));
  const start = performance.now();
  assert.equal(table.place(anchor(11, 11, { quote: "" })), undefined);
  assert.ok(performance.now() - start < 2000);
});

test("a text is a submitted one while half of its lines are there", () => {
  assert.ok(isMostly(REVISION, REVISION));
  assert.ok(isMostly("new\n" + REVISION.replaceAll("\n", "\r\n"), REVISION));
  assert.ok(!isMostly("# Keys\n", REVISION));
  assert.ok(!isMostly("", ""));
});
