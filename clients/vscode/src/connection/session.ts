// Keeps a mirror of the server alive: list, watch from the list's place in the log, and start over
// where that breaks. Knows neither the editor nor the wire; both come in as functions.
import { INITIAL, step, type ConnectionEvent, type ConnectionState } from "./phase";

/** What one pass of the loop needs. */
export interface Link<Batch> {
  /** Reads everything; answers the `seq` to watch from. */
  load(signal: AbortSignal): Promise<bigint>;
  /** The log from there on. Reconnects by itself and says so; throws what it cannot mend. */
  follow(
    afterSeq: bigint,
    signal: AbortSignal,
    heard: (event: ConnectionEvent) => void,
  ): AsyncIterable<Batch>;
  apply(batch: Batch): Promise<void>;
}

/** What an error asks for. */
export type Remedy = "retry" | "listAgain" | "signIn";

export interface SessionOptions<Batch> {
  readonly link: Link<Batch>;
  readonly remedyOf: (error: unknown) => Remedy;
  readonly wordsOf: (error: unknown) => string;
  readonly onState: (state: ConnectionState) => void;
  /** Resolves after `ms`, or when the signal aborts; never rejects. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const FOR_EVER_MS = 2 ** 31 - 1;

export class Session<Batch> {
  readonly #options: SessionOptions<Batch>;
  #state: ConnectionState = INITIAL;
  #attempt: AbortController | undefined;
  #stopped = false;

  constructor(options: SessionOptions<Batch>) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Runs until `stop`. Never rejects. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      this.#attempt = new AbortController();
      const { signal } = this.#attempt;
      try {
        await this.#pass(signal);
      } catch (error) {
        if (!signal.aborted) await this.#mend(error, signal);
      }
    }
  }

  /** Tries again now, from the list on: after a sign-in, or because somebody asked. */
  kick(): void {
    if (this.#state.phase === "signedOut") this.#hear({ kind: "started" });
    this.#attempt?.abort();
  }

  stop(): void {
    this.#stopped = true;
    this.#attempt?.abort();
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { link } = this.#options;
    const heard = (event: ConnectionEvent) => {
      if (!signal.aborted) this.#hear(event);
    };
    heard({ kind: "started" });
    const seq = await link.load(signal);
    heard({ kind: "answered" });
    for await (const batch of link.follow(seq, signal, heard)) {
      if (signal.aborted) return;
      await link.apply(batch);
    }
    if (!signal.aborted) throw new Error("the server ended the stream");
  }

  async #mend(error: unknown, signal: AbortSignal): Promise<void> {
    const remedy = this.#options.remedyOf(error);
    const reason = this.#options.wordsOf(error);
    if (remedy === "signIn") {
      // Only a person can help: wait for `kick`, do not ask again and again.
      this.#hear({ kind: "refused", reason });
      return this.#options.pause(FOR_EVER_MS, signal);
    }
    // A list that is as old as its cursor would otherwise be read in a tight loop.
    if (remedy === "listAgain" && this.#state.phase === "live") return;
    this.#hear({ kind: "failed", reason });
    await this.#options.pause(this.#nextPauseMs(), signal);
  }

  // Full jitter: many editors that lost one server do not return at once.
  #nextPauseMs(): number {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#state.failures - 1));
    return this.#options.random() * longest;
  }

  #hear(event: ConnectionEvent): void {
    const next = step(this.#state, event);
    const same = next.phase === this.#state.phase && next.reason === this.#state.reason;
    this.#state = next;
    if (!same) this.#options.onState(next);
  }
}
