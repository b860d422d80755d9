// Where the connection stands, as a pure state machine:
//
//   connecting -> live <-> retrying -> offline -> live
//   connecting -> offline, and signedOut from everywhere
//
// `offline` goes on trying, it only says that the last words are old.

export type Phase = "connecting" | "live" | "retrying" | "offline" | "signedOut";

export interface ConnectionState {
  readonly phase: Phase;
  /** Attempts that failed since the server answered last. */
  readonly failures: number;
  /** Why it is not live, in a sentence; empty otherwise. */
  readonly reason: string;
}

export type ConnectionEvent =
  | { readonly kind: "started" }
  | { readonly kind: "answered" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

/** Attempts in a row after which people are told that what they see is old. */
export const FAILURES_UNTIL_OFFLINE = 3;

export const INITIAL: ConnectionState = { phase: "connecting", failures: 0, reason: "" };

export function step(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.kind) {
    case "started":
      // Only a person's sign-in starts afresh; another attempt alone is no news.
      return state.phase === "signedOut" ? INITIAL : state;
    case "answered":
      return { phase: "live", failures: 0, reason: "" };
    case "failed": {
      const failures = state.failures + 1;
      // Who has not been connected yet has nothing to wait for.
      const lost = state.phase === "connecting" || failures >= FAILURES_UNTIL_OFFLINE;
      const phase = lost || state.phase === "offline" ? "offline" : "retrying";
      return { phase, failures, reason: event.reason };
    }
    case "refused":
      return { phase: "signedOut", failures: 0, reason: event.reason };
  }
}

/** Writes are offered only while the server answers: a command that waits replays badly. */
export function canWrite(state: ConnectionState): boolean {
  return state.phase === "live";
}

/** Why a write is not offered; empty where it is. */
export function whyNotWrite(state: ConnectionState): string {
  switch (state.phase) {
    case "live":
      return "";
    case "signedOut":
      return "Sign in first.";
    case "connecting":
      return "The server has not answered yet.";
    default:
      return `Not possible while the server cannot be reached: ${state.reason}`;
  }
}
