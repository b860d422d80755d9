// Remarks that were written and not sent. Kept with the workspace, on this machine only.
import { randomUUID } from "node:crypto";

import type { AnchorLike } from "../anchors";

export interface Draft {
  /** Also the request id of its sending: sent twice, it is there once. */
  readonly id: string;
  readonly spec: string;
  /** Thread answered; empty for one that starts a thread. */
  readonly thread: string;
  /** Where, of one that starts a thread. Undefined: the whole document. */
  readonly anchor?: AnchorLike;
  readonly text: string;
}

/** As the editor's Memento. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = "gavel.drafts";

export class Drafts {
  readonly #memory: Memory;

  // On their way: not shown as unsent, kept all the same until they have arrived.
  readonly #sending = new Set<string>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  of(spec: string): Draft[] {
    return this.#all().filter((draft) => draft.spec === spec && !this.#sending.has(draft.id));
  }

  /** Sends a draft, and forgets it if that worked. */
  async send(draft: Draft, send: () => Promise<boolean>): Promise<boolean> {
    this.#sending.add(draft.id);
    try {
      const sent = await send();
      if (sent) await this.remove(draft.id);
      return sent;
    } finally {
      this.#sending.delete(draft.id);
    }
  }

  async add(draft: Omit<Draft, "id">): Promise<Draft> {
    const added = { ...draft, id: randomUUID() };
    await this.restore(added);
    return added;
  }

  /** Keeps one again that was removed. */
  async restore(draft: Draft): Promise<void> {
    await this.#memory.update(KEY, [...this.#all(), draft]);
  }

  async remove(id: string): Promise<void> {
    await this.#memory.update(
      KEY,
      this.#all().filter((draft) => draft.id !== id),
    );
  }

  #all(): Draft[] {
    return this.#memory.get<Draft[]>(KEY) ?? [];
  }
}
