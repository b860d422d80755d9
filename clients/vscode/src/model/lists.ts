// What the editor knows of the server: the lists that the views show. Plain data, so that it can be
// kept for reading offline.
import {
  create,
  fromJson,
  toJson,
  DecisionRecordSchema,
  MeetingSchema,
  SpecSchema,
  TurnSchema,
  type DecisionRecord,
  type Meeting,
  type Spec,
  type Turn,
} from "@gavel/client";

export interface Lists {
  /** Address of the server that they are of; empty where they are of none. */
  readonly server: string;
  /** Person id of the reader; empty where the server knows none. */
  readonly me: string;
  /** The server's time when it was asked, in milliseconds since 1970. */
  readonly nowMs: number;
  /** Open specs, the reader's own whatever their state, and those that changed since. */
  readonly specs: ReadonlyMap<string, Spec>;
  /** The reader's turns by spec key, soonest due first. */
  readonly turns: ReadonlyMap<string, Turn>;
  /** Of the next eight weeks, by start. */
  readonly meetings: readonly Meeting[];
  /** Newest first. */
  readonly decisions: readonly DecisionRecord[];
}

/** Who reads, and where. */
export type Account = Pick<Lists, "server" | "me">;

/** Whether what is known of one holds for the other. */
export function isSameAccount(a: Account, b: Account): boolean {
  return a.server === b.server && a.me === b.me;
}

export const EMPTY: Lists = {
  server: "",
  me: "",
  nowMs: 0,
  specs: new Map(),
  turns: new Map(),
  meetings: [],
  decisions: [],
};

interface Stored {
  version: 1;
  server: string;
  me: string;
  nowMs: number;
  specs: unknown[];
  turns: [string, unknown][];
  meetings: unknown[];
  decisions: unknown[];
}

export function toStored(lists: Lists): Stored {
  return {
    version: 1,
    server: lists.server,
    me: lists.me,
    nowMs: lists.nowMs,
    specs: [...lists.specs.values()].map((spec) => toJson(SpecSchema, spec)),
    turns: [...lists.turns].map(([key, turn]) => [key, toJson(TurnSchema, turn)]),
    meetings: lists.meetings.map((meeting) => toJson(MeetingSchema, meeting)),
    decisions: lists.decisions.map((record) => toJson(DecisionRecordSchema, record)),
  };
}

/** Undefined for what this version did not write: a snapshot is only ever a convenience. */
export function fromStored(stored: unknown): Lists | undefined {
  const data = stored as Partial<Stored> | null;
  if (data?.version !== 1) return undefined;
  const options = { ignoreUnknownFields: true };
  try {
    const specs = (data.specs ?? []).map((each) => fromJson(SpecSchema, each as never, options));
    return {
      server: String(data.server ?? ""),
      me: String(data.me ?? ""),
      nowMs: Number(data.nowMs ?? 0),
      specs: new Map(specs.map((spec) => [spec.key, spec])),
      turns: new Map(
        (data.turns ?? []).map(([key, turn]) => [
          key,
          fromJson(TurnSchema, turn as never, options),
        ]),
      ),
      meetings: (data.meetings ?? []).map((each) =>
        fromJson(MeetingSchema, each as never, options),
      ),
      decisions: (data.decisions ?? []).map((each) =>
        fromJson(DecisionRecordSchema, each as never, options),
      ),
    };
  } catch {
    return undefined;
  }
}

/** The newest revision's number; 0 where there is none. */
export function currentRevision(spec: Spec): number {
  return spec.revisions.at(-1)?.number ?? 0;
}

export function emptyTurn(): Turn {
  return create(TurnSchema);
}
