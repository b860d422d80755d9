// The last words of the server on the disk, for reading offline. One folder per server and reader,
// so that nobody is shown what another account could read.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { detailFromStored, detailToStored, type Detail } from "./detail";
import { fromStored, toStored, type Lists } from "./lists";

// Specs kept for reading offline; the ones read longest ago go first.
const MOST_SPECS = 200;

export class SnapshotStore {
  readonly #folder: string;

  /** `account` tells readers of one server apart; it is hashed, never written. */
  constructor(root: string, server: string, account: string) {
    const name = createHash("sha256").update(`${server}\n${account}`).digest("hex").slice(0, 16);
    this.#folder = join(root, "snapshots", name);
  }

  async lists(): Promise<Lists | undefined> {
    return fromStored(await readJson(join(this.#folder, "lists.json")));
  }

  async saveLists(lists: Lists): Promise<void> {
    await writeJson(this.#folder, "lists.json", toStored(lists));
  }

  async detail(key: string): Promise<Detail | undefined> {
    return detailFromStored(await readJson(join(this.#folder, "specs", fileName(key))));
  }

  async saveDetail(detail: Detail): Promise<void> {
    const folder = join(this.#folder, "specs");
    await writeJson(folder, fileName(detail.spec.key), detailToStored(detail));
    await forgetOldest(folder);
  }
}

// Keys come from the server: nothing of one may lead out of the folder.
function fileName(key: string): string {
  return `${key.replace(/[^A-Za-z0-9-]/g, "_")}.json`;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null; // Missing or damaged: then there is nothing to show.
  }
}

// Readable by the user alone; whole or not at all, whatever dies in between.
async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${name}.${randomUUID()}`);
  try {
    await writeFile(temporary, JSON.stringify(value), { mode: 0o600 });
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= MOST_SPECS) return;
  const ages = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  ages.sort((a, b) => a.at - b.at);
  for (const { name } of ages.slice(0, names.length - MOST_SPECS)) {
    await rm(join(folder, name), { force: true });
  }
}
