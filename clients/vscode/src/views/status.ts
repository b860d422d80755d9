// What the status bar says, most pressing first: the connection, the open spec, its verdict.
import type { ConnectionState } from "../connection/phase";
import { count } from "../model/words";

/** `gavel/verdict` of the language server. */
export interface VerdictNote {
  readonly uri: string;
  readonly version?: number;
  /** `auto`, `async`, `sync`, `author` (it would come back); null without a verdict. */
  readonly mode: string | null;
  /** One sentence. */
  readonly summary: string;
  readonly errors: number;
  readonly warnings: number;
}

/** The spec of the active editor. */
export interface ActiveSpec {
  readonly key: string;
  readonly openConcerns: number;
  readonly blocking: number;
  readonly outdated: number;
  readonly drafts: number;
  /** The server's sentence about the state. */
  readonly stateText: string;
}

export interface Status {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
  readonly warning: boolean;
}

/** Undefined: nothing to say. */
export function statusOf(
  connection: ConnectionState,
  active: ActiveSpec | undefined,
  verdict: VerdictNote | undefined,
): Status | undefined {
  return connectionStatus(connection) ?? specStatus(active, verdict) ?? verdictStatus(verdict);
}

function connectionStatus({ phase, reason }: ConnectionState): Status | undefined {
  const command = "gavel.refresh";
  switch (phase) {
    case "connecting":
      return { text: "$(sync~spin) specs", tooltip: "Asking the server…", command, warning: false };
    case "retrying":
      return {
        text: "$(sync~spin) specs",
        tooltip: `Trying again: ${reason}`,
        command,
        warning: false,
      };
    case "offline":
      return {
        text: "$(debug-disconnect) specs offline",
        tooltip: `Shown as they were last. ${reason}\nTry now`,
        command,
        warning: true,
      };
    case "signedOut":
      return {
        text: "$(account) Sign in to specs",
        tooltip: reason,
        command: "gavel.signIn",
        warning: true,
      };
    case "live":
      return undefined;
  }
}

function specStatus(
  active: ActiveSpec | undefined,
  verdict: VerdictNote | undefined,
): Status | undefined {
  if (active === undefined) return undefined;
  const parts = [`${active.openConcerns} open`];
  if (active.blocking > 0) parts[0] += ` (${active.blocking} blocking)`;
  if (active.outdated > 0) parts.push(`${active.outdated} outdated`);
  if (active.drafts > 0) parts.push(count(active.drafts, "draft"));
  const tooltip = [active.stateText, verdict?.summary].filter(Boolean).join("\n");
  return {
    text: `$(comment-discussion) ${active.key}: ${parts.join(", ")}`,
    tooltip,
    command: active.outdated > 0 ? "gavel.showOutdated" : "gavel.openSpec",
    warning: false,
  };
}

function verdictStatus(verdict: VerdictNote | undefined): Status | undefined {
  if (verdict === undefined) return undefined;
  const command = "gavel.check";
  const tooltip = verdict.summary;
  if (verdict.errors > 0) {
    return {
      text: `$(error) spec: ${count(verdict.errors, "error")}`,
      tooltip,
      command,
      warning: false,
    };
  }
  const words: Record<string, string> = {
    auto: "$(pass) would auto-approve",
    async: "$(comment-discussion) would be async review",
    sync: "$(calendar) would need the meeting",
    author: "$(reply) would come back to you",
  };
  const text = words[verdict.mode ?? ""];
  return text === undefined ? undefined : { text, tooltip, command, warning: false };
}
