// Where a watcher remembers how far it got.
import { open, readFile, rename, rm } from "node:fs/promises";

export interface CursorStore {
  /** Undefined where nothing is stored. */
  load(): Promise<Uint8Array | undefined>;
  save(cursor: Uint8Array): Promise<void>;
  /** The next watch begins anew. */
  clear(): Promise<void>;
}

/** Forgets when the process ends. */
export function memoryCursor(): CursorStore {
  let stored: Uint8Array | undefined;
  return {
    load: async () => stored,
    save: async (cursor) => {
      stored = cursor;
    },
    clear: async () => {
      stored = undefined;
    },
  };
}

/**
 * One line of base64 in `path`. A crash leaves the cursor before or the one after, never half of
 * one. For one process at a time.
 */
export function fileCursor(path: string): CursorStore {
  return {
    load: async () => {
      const text = await readIfThere(path);
      return text === undefined ? undefined : Buffer.from(text, "base64");
    },
    save: (cursor) => replaceFile(path, `${Buffer.from(cursor).toString("base64")}\n`),
    clear: () => rm(path, { force: true }),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const written = `${path}.new`;
  const file = await open(written, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(written, path);
}
