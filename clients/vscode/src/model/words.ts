// The few words that are said here: short names for what the server names by a number, and days.
// Sentences (why, whose turn, what is allowed) are the server's own. A number that is newer than
// this client is shown as a number.
import {
  Concern_Severity,
  Concern_Status,
  Decision_Authority,
  DecisionOutcome,
  Position_Kind,
  Slot_State,
  Spec_State,
  timestampDate,
  type Concern,
  type Decision,
} from "@gavel/client";

type Timestamp = Parameters<typeof timestampDate>[0];

const STATES: Record<number, string> = {
  [Spec_State.DRAFT]: "Draft",
  [Spec_State.ASYNC_REVIEW]: "Async review",
  [Spec_State.CHANGES_REQUESTED]: "Changes requested",
  [Spec_State.QUEUED]: "Queued",
  [Spec_State.SCHEDULED]: "Scheduled",
  [Spec_State.IN_MEETING]: "In meeting",
  [Spec_State.AUTO_APPROVED]: "Auto-approved",
  [Spec_State.APPROVED]: "Approved",
  [Spec_State.REJECTED]: "Rejected",
  [Spec_State.DEFERRED]: "Deferred",
  [Spec_State.WITHDRAWN]: "Withdrawn",
  [Spec_State.SUPERSEDED]: "Superseded",
};

const SEVERITIES: Record<number, string> = {
  [Concern_Severity.BLOCKING]: "blocking",
  [Concern_Severity.QUESTION]: "question",
  [Concern_Severity.NOTE]: "note",
};

const CLOSED: Record<number, string> = {
  [Concern_Status.RESOLVED]: "resolved",
  [Concern_Status.WITHDRAWN]: "withdrawn",
  [Concern_Status.OVERRULED]: "overruled",
};

const OUTCOMES: Record<number, string> = {
  [DecisionOutcome.APPROVED]: "Approved",
  [DecisionOutcome.APPROVED_WITH_CONDITIONS]: "Approved, if",
  [DecisionOutcome.REJECTED]: "Rejected",
};

const AUTHORITIES: Record<number, string> = {
  [Decision_Authority.RULE]: "by a rule",
  [Decision_Authority.ASYNC]: "by async review",
  [Decision_Authority.MEETING]: "in a meeting",
  [Decision_Authority.SPONSOR]: "by the sponsor",
};

const SLOTS: Record<number, string> = {
  [Slot_State.OPEN]: "now",
  [Slot_State.DONE]: "done",
  [Slot_State.RELEASED]: "taken off",
  [Slot_State.OVERRAN]: "ran out of time",
};

const POSITIONS: Record<number, string> = {
  [Position_Kind.APPROVE]: "Approve",
  [Position_Kind.NO_OBJECTION]: "No objection",
  [Position_Kind.NEEDS_DISCUSSION]: "Needs discussion",
  [Position_Kind.ABSTAIN]: "Abstain",
  [Position_Kind.RECUSE]: "Recuse",
};

export const stateWord = (state: number): string => STATES[state] ?? `State ${state}`;
export const severityWord = (severity: number): string =>
  SEVERITIES[severity] ?? `severity ${severity}`;
export const positionWord = (kind: number): string => POSITIONS[kind] ?? `Position ${kind}`;
export const slotWord = (state: number): string => SLOTS[state] ?? "";
export const person = (id: string): string => (id === "" ? "" : `@${id}`);
export const people = (ids: readonly string[]): string => ids.map(person).join(", ");

export function decisionWord(decision: Decision): string {
  const outcome = OUTCOMES[decision.outcome] ?? `Outcome ${decision.outcome}`;
  return [outcome, AUTHORITIES[decision.authority]].filter(Boolean).join(" ");
}

/** `blocking · key rotation`, `blocking, answered · …`, `resolved · …`. */
export function concernLabel(concern: Concern): string {
  const open = concern.status === Concern_Status.OPEN;
  const standing = open
    ? severityWord(concern.severity) + (concern.answerTime === undefined ? "" : ", answered")
    : (CLOSED[concern.status] ?? `status ${concern.status}`);
  return `${standing} · ${oneLine(concern.title)}`;
}

export function isOpenConcern(concern: Concern): boolean {
  return concern.status === Concern_Status.OPEN && concern.severity !== Concern_Severity.NOTE;
}

const DAY_MS = 24 * 3600 * 1000;

/** In local days: `due today`, `due Thu 26 Nov`, `3 days late`; empty without a time. */
export function dueWords(due: Timestamp | undefined, nowMs: number): string {
  if (due === undefined) return "";
  const date = timestampDate(due);
  const days = Math.round((startOfDay(date) - startOfDay(new Date(nowMs))) / DAY_MS);
  if (days === 0) return date.getTime() < nowMs ? "due earlier today" : "due today";
  if (days === 1) return "due tomorrow";
  if (days === -1) return "1 day late";
  return days < 0 ? `${-days} days late` : `due ${dayWords(due, nowMs)}`;
}

/** `Thu 26 Nov`, with the year where it is another one. */
export function dayWords(time: Timestamp | undefined, nowMs: number): string {
  if (time === undefined) return "";
  const date = timestampDate(time);
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return [
    date.toLocaleDateString("en-GB", { weekday: "short" }),
    date.getDate(),
    date.toLocaleDateString("en-GB", { month: "short" }),
    ...(sameYear ? [] : [date.getFullYear()]),
  ].join(" ");
}

/** `15:05`, in local time. */
export function clockWords(time: Date): string {
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** One line without control characters: titles come from people and go where lines matter. */
export function oneLine(text: string): string {
  // Also what is invisible (Cf): it turns the direction of what follows, or hides a difference.
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

/**
 * For a notification, where `[words](command:…)` is a link that runs a command of the editor, with
 * arguments, for whoever clicks it: then it is no link any more.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}

/** For a choice of a quick pick, where `$(trash)` is a picture: then it is the text `$(trash)`. */
export function withoutIcons(text: string): string {
  return text.replaceAll("$(", "$\u200b(");
}

/**
 * For a remark, Markdown of people. A picture would tell its server who reads it and when, so it
 * becomes a link; what turns the direction of text is taken out.
 */
export function remarkMarkdown(text: string): string {
  const plain = text.replace(/[\u061c\u202a-\u202e\u2066-\u2069]/g, "");
  // Without one of these there is no picture, and code like `vec![1]` stays what it is.
  return /\][([:]/.test(plain) ? plain.replaceAll("![", "!\u200b[") : plain;
}

// By the calendar, not by hours: the day of a clock change has 23 or 25 of them.
function startOfDay(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
