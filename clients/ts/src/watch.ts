// The event log as an async iterator that outlives its streams.
//
//   list -> watch from the list's `seq` -> a complete mirror, for as long as the loop runs
//
// Within one iterator no event is missing and none comes twice. Across processes each comes at
// least once: the cursor of a batch is stored when the loop asks for the next one, that is, when
// the body has run through, so that a kill repeats one batch at most. For an exactly-once effect,
// store the batch's cursor with the effect.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type Client } from "@connectrpc/connect";

import { Backoff, pause } from "./backoff.js";
import { memoryCursor, type Cursor, type CursorStore } from "./cursor_store.js";
import type { Event } from "#gen/gavel/v1/event_pb.js";
import {
  type EventFilterSchema,
  type WatchEventsResponse,
  type WatchService,
} from "#gen/gavel/v1/watch_service_pb.js";
import { reasonOf, type Reason } from "./reason.js";

export interface WatchOptions {
  /** Which events; all of them unless given. A stored cursor belongs to its filter. */
  readonly filter?: MessageInitShape<typeof EventFilterSchema> | undefined;
  /** Remembers how far the loop got. In memory unless given. */
  readonly cursors?: CursorStore | undefined;
  /** Without a stored cursor: events with a higher `seq`. 0 is the whole log; -1 is from now on. */
  readonly afterSeq?: bigint | undefined;
  /** Ends the loop, not as an error. */
  readonly signal?: AbortSignal | undefined;
  readonly onState?: ((state: WatchState) => void) | undefined;
}

export type WatchState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "retrying"; readonly error: ConnectError; readonly inMs: number };

/** What one command did, oldest first; never empty. */
export interface Batch {
  readonly events: readonly Event[];
  /** Where to go on after this batch: every matching event up to its `seq` has been seen. */
  readonly cursor: Cursor;
}

/** The cursor is of no use any more: list again, clear it, and watch from the list's `seq`. */
export class ListAgainError extends Error {
  override readonly name = "ListAgainError";
  readonly reason: Reason;
  constructor(reason: Reason, cause: ConnectError) {
    super(reason.message, { cause });
    this.reason = reason;
  }
}

/** The server does not know who is calling. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(cause: ConnectError) {
    super(cause.rawMessage, { cause });
  }
}

// A killed server shows as any of the first four; one that is busy, or that has had enough of our
// pings, as the last.
const passing: ReadonlySet<Code> = new Set([
  Code.Unavailable,
  Code.Internal,
  Code.Aborted,
  Code.Canceled,
  Code.DeadlineExceeded,
  Code.ResourceExhausted,
]);

/**
 * Throws ListAgainError for a cursor that the server refuses, SignInError without an identity,
 * ConnectError where asking again would not help, and what `cursors` throws.
 */
export async function* watch(
  client: Client<typeof WatchService>,
  options: WatchOptions = {},
  backoff: Backoff = new Backoff(1_000, 30_000),
): AsyncGenerator<Batch, void, undefined> {
  const { signal, onState } = options;
  const cursors = options.cursors ?? memoryCursor();
  const position = new Position(await cursors.load(), options.afterSeq ?? -1n);
  while (!signal?.aborted) {
    onState?.({ kind: "connecting" });
    let live = false;
    try {
      for await (const response of responses(client, options, position)) {
        if (!live) onState?.({ kind: "live" });
        live = true;
        backoff.reset();
        const batches = position.advance(response);
        for (const batch of batches) {
          yield batch;
          await cursors.save(batch.cursor);
        }
        if (batches.length === 0) await cursors.save(position.cursor);
      }
    } catch (thrown) {
      if (signal?.aborted) return;
      const error = passingOrThrow(thrown);
      const inMs = backoff.nextMs();
      onState?.({ kind: "retrying", error, inMs });
      await pause(inMs, signal);
    }
  }
}

// How far the iterator got, across its streams.
class Position {
  cursor: Cursor;

  constructor(stored: Cursor | undefined, afterSeq: bigint) {
    this.cursor = stored ?? { response: new Uint8Array(), seq: afterSeq };
  }

  /** Where to go on, as a request says it: the server refuses both at once. */
  get start(): { cursor: Uint8Array } | { afterSeq: bigint } {
    const { response, seq } = this.cursor;
    return response.length > 0 ? { cursor: response } : { afterSeq: seq };
  }

  /** What is new here in a response, a batch for each command; moves behind the response. */
  advance(response: WatchEventsResponse): Batch[] {
    const before = this.cursor;
    if (before.seq >= 0n && response.fromSeqExclusive > before.seq) {
      throw new ConnectError(
        `events ${before.seq + 1n} to ${response.fromSeqExclusive} are missing`,
        Code.DataLoss,
      );
    }
    const { cursor, throughSeq } = response;
    this.cursor = { response: cursor, seq: throughSeq > before.seq ? throughSeq : before.seq };
    const commands = byCommand(response.events.filter((event) => event.seq > before.seq));
    return commands.map((events, index) => {
      const seq = events.at(-1)?.seq ?? before.seq;
      const whole = index === commands.length - 1;
      return { events, cursor: whole ? this.cursor : { response: before.response, seq } };
    });
  }
}

function byCommand(events: readonly Event[]): Event[][] {
  const commands: Event[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    if (last?.[0]?.commandSeq === event.commandSeq) last.push(event);
    else commands.push([event]);
  }
  return commands;
}

// One stream, until it ends; an end without a word is an error too.
async function* responses(
  client: Client<typeof WatchService>,
  { filter, signal }: WatchOptions,
  { start }: Position,
): AsyncGenerator<WatchEventsResponse, void, undefined> {
  // Leaving the loop does not end a call of connect; only its signal does.
  const stream = new AbortController();
  const stop = () => stream.abort();
  signal?.addEventListener("abort", stop);
  try {
    const request = { ...start, ...(filter === undefined ? {} : { filter }) };
    yield* client.watchEvents(request, { signal: stream.signal, timeoutMs: 0 });
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
  throw new ConnectError("the server ended the stream", Code.Unavailable);
}

// An error that a new stream may not meet again; throws any other.
function passingOrThrow(error: unknown): ConnectError {
  if (!(error instanceof ConnectError)) throw error;
  const reason = reasonOf(error);
  if (reason?.name.startsWith("CURSOR_")) throw new ListAgainError(reason, error);
  if (error.code === Code.Unauthenticated) throw new SignInError(error);
  if (!passing.has(error.code)) throw error;
  return error;
}
