import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { create, ExplainSpecResponseSchema, SpecSchema } from "@gavel/client";

import type { Detail } from "./detail";
import { EMPTY } from "./lists";
import { SnapshotStore } from "./store";

let root: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), "gavel-vscode-"));
});
after(() => rm(root, { recursive: true }));

function detail(key: string): Detail {
  const spec = create(SpecSchema, { key, revisions: [{ number: 1 }] });
  return {
    spec,
    explain: create(ExplainSpecResponseSchema),
    comments: [],
    texts: new Map([[1, `text of ${key}`]]),
  };
}

test("what was saved is read by the same reader of the same server alone", async () => {
  await new SnapshotStore(root, "one:1", "token").saveLists({ ...EMPTY, me: "ana" });
  assert.equal((await new SnapshotStore(root, "one:1", "token").lists())?.me, "ana");
  assert.equal(await new SnapshotStore(root, "one:1", "other").lists(), undefined);
  assert.equal(await new SnapshotStore(root, "two:1", "token").lists(), undefined);
});

test("a spec reads offline; one whose key is a path stays in the folder", async () => {
  const store = new SnapshotStore(root, "keys", "a");
  for (const key of ["MEDIA-1", "../../outside"]) {
    await store.saveDetail(detail(key));
    assert.equal((await store.detail(key))?.texts.get(1), `text of ${key}`);
  }
  assert.deepEqual(
    (await readdir(root)).filter((name) => name !== "snapshots"),
    [],
  );
});

test("only the user can read it, and no half-written file is left", async () => {
  const store = new SnapshotStore(root, "mode", "a");
  await store.saveDetail(detail("MEDIA-1"));
  const folders = await readdir(join(root, "snapshots"));
  for (const folder of folders) {
    const files = await readdir(join(root, "snapshots", folder), {
      recursive: true,
      withFileTypes: true,
    });
    for (const file of files.filter((each) => each.isFile())) {
      assert.ok(!file.name.startsWith("."));
      assert.equal((await stat(join(file.path, file.name))).mode & 0o077, 0);
    }
  }
});

test("a damaged file is as good as none", async () => {
  const store = new SnapshotStore(root, "damaged", "a");
  await store.saveLists(EMPTY);
  for (const name of await readdir(join(root, "snapshots"))) {
    await writeFile(join(root, "snapshots", name, "lists.json"), '{"version": 1, "specs"');
  }
  assert.equal(await store.lists(), undefined);
});

test("the specs read longest ago go first", async () => {
  const store = new SnapshotStore(root, "many", "a");
  for (let i = 1; i <= 205; ++i) await store.saveDetail(detail(`MEDIA-${i}`));
  assert.ok((await store.detail("MEDIA-205")) !== undefined);
  const kept = await Promise.all(
    Array.from({ length: 205 }, (_, i) => store.detail(`MEDIA-${i + 1}`)),
  );
  assert.equal(kept.filter((each) => each !== undefined).length, 200);
});
