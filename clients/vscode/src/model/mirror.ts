// The server as the editor knows it: lists for the views, details for the specs that are read, both
// kept up by the log and kept on disk. Views and threads listen to it and never call the server.
import type { Batch, Gavel } from "@gavel/client";

import type { ConnectionEvent } from "../connection/phase";
import type { Link } from "../connection/session";
import { followLog } from "../connection/server";
import { Emitter } from "../emitter";
import type { Detail } from "./detail";
import { EMPTY, isSameAccount, type Lists } from "./lists";
import { isOpen, readChanges, readDetail, readLists } from "./reader";
import type { SnapshotStore } from "./store";

// Specs whose texts are fetched ahead, so that they can be read offline.
const READ_AHEAD = 30;

export interface MirrorOptions {
  /** Opens the connection to the server of now; called again for each new attempt. */
  readonly open: () => Promise<{ gavel: Gavel; server: string }>;
  readonly store: () => Promise<SnapshotStore>;
  /** A spec became the reader's turn after the first list. */
  readonly onMyTurn: (key: string) => void;
  readonly log: (line: string) => void;
}

export class Mirror implements Link<Batch> {
  readonly listsChanged = new Emitter<Lists>();
  readonly detailChanged = new Emitter<Detail>();
  /** What was known is of another account: nothing of it may be shown, or be answered. */
  readonly forgotten = new Emitter<void>();
  readonly #options: MirrorOptions;
  readonly #details = new Map<string, Detail>();
  #gavel: Gavel | undefined;
  #lists: Lists = EMPTY;

  constructor(options: MirrorOptions) {
    this.#options = options;
  }

  get lists(): Lists {
    return this.#lists;
  }

  /** The connection that `lists` are of; undefined before the first answer and after a sign-out. */
  get gavel(): Gavel | undefined {
    return this.#gavel;
  }

  /** The last words of the server, from disk. */
  async restore(): Promise<void> {
    const stored = await (await this.#options.store()).lists();
    if (stored !== undefined && this.#lists === EMPTY) this.#setLists(stored);
  }

  /** Nothing of one reader is shown to the next. */
  forget(): void {
    this.#hangUp();
    this.#forgetDetails();
    this.#setLists(EMPTY);
  }

  async load(signal: AbortSignal): Promise<bigint> {
    this.#hangUp();
    const { gavel, server } = await this.#options.open();
    try {
      const { lists, seq } = await readLists(gavel, server);
      signal.throwIfAborted(); // Else what was just forgotten would be back.
      if (!isSameAccount(lists, this.#lists)) this.#forgetDetails();
      this.#gavel = gavel;
      this.#setLists(lists);
      await this.#save(lists);
      for (const key of this.#details.keys()) await this.#refreshDetail(key);
      void this.#readAhead();
      return seq;
    } catch (error) {
      gavel.close();
      throw error;
    }
  }

  follow(
    afterSeq: bigint,
    signal: AbortSignal,
    heard: (event: ConnectionEvent) => void,
  ): AsyncIterable<Batch> {
    if (this.#gavel === undefined) throw new Error("not connected");
    return followLog(this.#gavel, afterSeq, signal, heard);
  }

  async apply(batch: Batch): Promise<void> {
    if (this.#gavel === undefined) return;
    const before = this.#lists;
    const lists = await readChanges(this.#gavel, before, batch.events);
    this.#setLists(lists);
    for (const key of new Set(batch.events.map((event) => event.spec))) {
      if (this.#details.has(key)) await this.#refreshDetail(key);
    }
    for (const key of lists.turns.keys()) {
      if (!before.turns.has(key)) this.#options.onMyTurn(key);
    }
    await this.#save(lists);
  }

  /** What is known of a spec without asking. */
  detailOf(key: string): Detail | undefined {
    return this.#details.get(key);
  }

  /** Everything about a spec, from then on kept up to date; from disk where nothing answers. */
  async detail(key: string): Promise<Detail | undefined> {
    const known = this.#details.get(key);
    if (known !== undefined) return known;
    if (this.#gavel !== undefined) {
      try {
        return await this.refreshDetail(key);
      } catch (error) {
        this.#options.log(`${key}: ${String(error)}`);
      }
    }
    const stored = await (await this.#options.store()).detail(key);
    if (stored !== undefined && !this.#details.has(key)) {
      this.#details.set(key, stored);
      this.detailChanged.fire(stored);
    }
    return this.#details.get(key);
  }

  /** Reads a spec again now: after a command of ours, whose event is on its way. */
  async refreshDetail(key: string): Promise<Detail> {
    const gavel = this.#gavel;
    if (gavel === undefined) throw new Error("The server has not answered yet.");
    const detail = await readDetail(gavel, key, this.#details.get(key));
    if (gavel !== this.#gavel) throw new Error("The connection is another one by now.");
    this.#details.set(key, detail);
    this.detailChanged.fire(detail);
    await this.#keep(() => this.#options.store().then((store) => store.saveDetail(detail)));
    return detail;
  }

  #hangUp(): void {
    this.#gavel?.close();
    this.#gavel = undefined;
  }

  #forgetDetails(): void {
    this.#details.clear();
    this.forgotten.fire();
  }

  async #refreshDetail(key: string): Promise<void> {
    try {
      await this.refreshDetail(key);
    } catch (error) {
      // One spec that became hidden must not end the watch of all others.
      this.#options.log(`${key}: ${String(error)}`);
    }
  }

  async #readAhead(): Promise<void> {
    const { turns, specs, me } = this.#lists;
    const mine = [...specs.values()].filter((spec) => isOpen(spec) && spec.authors.includes(me));
    const keys = new Set([...turns.keys(), ...mine.map((spec) => spec.key)]);
    for (const key of [...keys].slice(0, READ_AHEAD)) await this.detail(key);
  }

  #setLists(lists: Lists): void {
    this.#lists = lists;
    this.listsChanged.fire(lists);
  }

  #save(lists: Lists): Promise<void> {
    return this.#keep(() => this.#options.store().then((store) => store.saveLists(lists)));
  }

  // A full disk costs the offline copy, not the connection.
  async #keep(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#options.log(`not kept for offline reading: ${String(error)}`);
    }
  }
}
