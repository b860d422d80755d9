import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

import { fileCursor, memoryCursor, type Cursor, type CursorStore } from "../src/index.js";

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "gavel-ts-"));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

function cursor(seq: number, ...response: number[]): Cursor {
  return { response: Uint8Array.from(response), seq: BigInt(seq) };
}

function plain({ response, seq }: Cursor): Cursor {
  return { response: Uint8Array.from(response), seq };
}

async function loaded(store: CursorStore): Promise<Cursor | undefined> {
  const stored = await store.load();
  return stored === undefined ? undefined : plain(stored);
}

async function behavesLikeAStore(store: CursorStore): Promise<void> {
  assert.equal(await store.load(), undefined);
  for (const saved of [cursor(9, 1, 2, 255), cursor(3, 0), cursor(7)]) {
    await store.save(saved);
    assert.deepEqual(await loaded(store), saved);
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
  await fileCursor(path).save(cursor(1, 1));
  await writeFile(`${path}.new`, "half");
  assert.deepEqual(await loaded(fileCursor(path)), cursor(1, 1));
  await fileCursor(path).save(cursor(2, 2));
  assert.deepEqual(await readdir(join(path, "..")), ["cursor"]);
});

test("a folder that is not there is an error, not an empty store", async (context) => {
  const store = fileCursor(join(await folder(context), "absent", "cursor"));
  await assert.rejects(store.save(cursor(1)), { code: "ENOENT" });
});

test("a file that holds something else is not the beginning", async (context) => {
  const path = join(await folder(context), "cursor");
  for (const text of ["", "bm8=", "no cursor.", "AA.1.2", "-1"]) {
    await writeFile(path, text);
    await assert.rejects(fileCursor(path).load(), /holds no cursor/, text);
  }
});
