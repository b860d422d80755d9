// Where a watcher remembers how far it got.
import { open, readFile, rename, rm } from "node:fs/promises";

/** A response holds many commands and one cursor: a place among them takes both. */
export interface Cursor {
  /** The server's cursor; empty before the first response was seen whole. */
  readonly response: Uint8Array;
  /** The last event seen, after the response's too. */
  readonly seq: bigint;
}

export interface CursorStore {
  /** Undefined where nothing is stored. */
  load(): Promise<Cursor | undefined>;
  save(cursor: Cursor): Promise<void>;
  /** The next watch begins anew. */
  clear(): Promise<void>;
}

/** Forgets when the process ends. */
export function memoryCursor(): CursorStore {
  let stored: Cursor | undefined;
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
 * One line in `path`, as `gavel watch --from` takes it, too. A crash leaves the cursor before or
 * the one after, never half of one. For one process at a time.
 */
export function fileCursor(path: string): CursorStore {
  return {
    load: async () => {
      const text = await readIfThere(path);
      return text === undefined ? undefined : parse(text, path);
    },
    save: (cursor) => replaceFile(path, `${format(cursor)}\n`),
    clear: () => rm(path, { force: true }),
  };
}

// CURSOR.SEQ, or SEQ alone.
function format({ response, seq }: Cursor): string {
  if (response.length === 0) return String(seq);
  return `${Buffer.from(response).toString("base64url")}.${seq}`;
}

function parse(text: string, path: string): Cursor {
  const match = /^(?:([\w=-]+)\.)?(\d+)\n?$/.exec(text);
  if (match === null) throw new Error(`${path} holds no cursor: delete it to begin anew`);
  const [, response = "", seq = ""] = match;
  return { response: Buffer.from(response, "base64url"), seq: BigInt(seq) };
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
