// One server, one reader: the client, what went wrong with it in words, and what would help.
import {
  Code,
  connect,
  ConnectError,
  ListAgainError,
  reasonOf,
  SignInError,
  type Batch,
  type Gavel,
} from "@gavel/client";

import type { ConnectionEvent } from "./phase";
import type { Remedy } from "./session";

export interface ServerOptions {
  readonly address: string;
  /** Empty for none. */
  readonly token: string;
  /** For development servers, from the environment only; empty for none. */
  readonly as: string;
  readonly userAgent: string;
}

// A server that is there answers this at once; one that is not should not keep people waiting.
const PROBE_MS = 3_000;

/** Says that the server answers, and does not know who asks. */
export class NotSignedIn extends Error {
  constructor(address: string) {
    super(`${address} wants to know who you are.`);
  }
}

/**
 * Connects, and finds out that the server knows the reader. A development server is told the name
 * from the environment; any other never hears it.
 *
 * Throws NotSignedIn, and what the client throws.
 */
export async function openServer(options: ServerOptions): Promise<Gavel> {
  const { address: server, userAgent } = options;
  const token = options.token === "" ? undefined : options.token;
  const gavel = connect({ server, token, userAgent });
  try {
    const { principal, dev } = await gavel.server.getServerInfo({}, { timeoutMs: PROBE_MS });
    if (principal !== "") return gavel;
    if (!dev || options.as === "") throw new NotSignedIn(server);
  } catch (error) {
    gavel.close();
    throw error;
  }
  gavel.close();
  return connect({ server, as: options.as, userAgent });
}

/** The log from a place on, with what the connection does on the way. */
export function followLog(
  gavel: Gavel,
  afterSeq: bigint,
  signal: AbortSignal,
  heard: (event: ConnectionEvent) => void,
): AsyncIterable<Batch> {
  return gavel.watch({
    afterSeq,
    signal,
    onState: (state) => {
      if (state.kind === "live") heard({ kind: "answered" });
      if (state.kind === "retrying") heard({ kind: "failed", reason: wordsOf(state.error) });
    },
  });
}

export function remedyOf(error: unknown): Remedy {
  if (error instanceof ListAgainError) return "listAgain";
  if (error instanceof SignInError || error instanceof NotSignedIn) return "signIn";
  if (error instanceof ConnectError && error.code === Code.Unauthenticated) return "signIn";
  return "retry";
}

/** One sentence for people: the server's own where it answered. */
export function wordsOf(error: unknown): string {
  const reason = reasonOf(error);
  if (reason !== undefined) return reason.message;
  if (error instanceof ConnectError) return error.rawMessage;
  return error instanceof Error ? error.message : String(error);
}
