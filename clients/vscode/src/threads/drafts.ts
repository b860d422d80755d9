// Remarks that were written and not sent. Kept with the workspace, on this machine only, each with
// the server and the person it was written for: keys are short, and another server has the same.
import { randomUUID } from "node:crypto";

import type { AnchorLike } from "../anchors";
import { isSameAccount, type Account } from "../model/lists";

export interface Draft {
  /** Also the request id of its sending: sent twice, it is there once. */
  readonly id: string;
  readonly spec: string;
  /** Thread answered; empty for one that starts a thread. */
  readonly thread: string;
  /** Where, of one that starts a thread. Undefined: the whole document. */
  readonly anchor?: AnchorLike;
  readonly text: string;
  readonly account: Account;
}

/** What somebody wrote, of the account of now. */
export type NewDraft = Omit<Draft, "id" | "account">;

/** As the editor's Memento. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = "gavel.draftsByAccount";

export class Drafts {
  readonly #memory: Memory;
  readonly #account: () => Account;

  // On their way: not shown as unsent, kept all the same until they have arrived.
  readonly #sending = new Set<string>();

  /** `account`: the one of now. One that is not known, with an empty `me`, has no drafts. */
  constructor(memory: Memory, account: () => Account) {
    this.#memory = memory;
    this.#account = account;
  }

  of(spec: string): Draft[] {
    return this.#all().filter(
      (draft) => draft.spec === spec && this.#isMine(draft) && !this.#sending.has(draft.id),
    );
  }

  /** Sends a draft, and forgets it if that worked. One of another account stays where it is. */
  async send(draft: Draft, send: () => Promise<boolean>): Promise<boolean> {
    if (!this.#isMine(draft)) return false;
    this.#sending.add(draft.id);
    try {
      const sent = await send();
      if (sent) await this.remove(draft.id);
      return sent;
    } finally {
      this.#sending.delete(draft.id);
    }
  }

  async add(draft: NewDraft): Promise<Draft> {
    const { server, me } = this.#account();
    const added = { ...draft, id: randomUUID(), account: { server, me } };
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

  #isMine({ account }: Draft): boolean {
    const now = this.#account();
    return now.me !== "" && isSameAccount(account, now);
  }

  #all(): Draft[] {
    return this.#memory.get<Draft[]>(KEY) ?? [];
  }
}
