import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

import { fileCursor, memoryCursor, type CursorStore } from "../src/index.js";

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "gavel-ts-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

async function behavesLikeAStore(store: CursorStore): Promise<void> {
  assert.equal(await store.load(), undefined);
  for (const cursor of [[1, 2, 255], [0], [7]]) {
    await store.save(Uint8Array.from(cursor));
    assert.deepEqual(Array.from((await store.load()) ?? []), cursor);
  }
  await store.clear();
  await store.clear();
  assert.equal(await store.load(), undefined);
}

test("memory remembers", () => behavesLikeAStore(memoryCursor()));

test("a file remembers", async (context) => {
  await behavesLikeAStore(fileCursor(join(await folder(context), "cursor")));
});

test("a crash in the middle of a save leaves the cursor before", async (context) => {
  const path = join(await folder(context), "cursor");
  await fileCursor(path).save(Uint8Array.of(1));
  await writeFile(`${path}.new`, "half");
  assert.deepEqual(Array.from((await fileCursor(path).load()) ?? []), [1]);
  await fileCursor(path).save(Uint8Array.of(2));
  assert.deepEqual(await readdir(join(path, "..")), ["cursor"]);
});

test("a folder that is not there is an error, not an empty store", async (context) => {
  const store = fileCursor(join(await folder(context), "absent", "cursor"));
  await assert.rejects(store.save(Uint8Array.of(1)), { code: "ENOENT" });
});
