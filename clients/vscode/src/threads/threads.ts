// The threads of a spec, as plain data: concerns with their replies, and comments with theirs.
//
// A concern's thread has the answers that the API keeps with it, and the comments that name it in
// `in_reply_to`; the answer of an author is what "mark addressed" sends, a comment is talk.
import {
  Concern_Severity,
  Concern_Status,
  timestampDate,
  type Comment,
  type Concern,
  type ConcernReply,
} from "@gavel/client";

import type { AnchorLike } from "../anchors";
import type { Detail } from "../model/detail";
import { concernLabel, person } from "../model/words";
import type { Draft } from "./drafts";

export interface Remark {
  /** Unique within the thread. */
  readonly id: string;
  readonly author: string;
  /** Markdown of people: never trusted. */
  readonly text: string;
  readonly time: Date | undefined;
  /** `answer`, `disputes`, `draft` …; may be empty. */
  readonly label: string;
  readonly draft: boolean;
}

/** What the reader may do with a thread, by the words that menus look for. */
export type May = "mayAnswer" | "mayResolve" | "mayRaise" | "mayWithdraw";

export interface Thread {
  /** `c1` of a concern, `m3` of a comment that starts a thread, the draft's own id. */
  readonly id: string;
  readonly spec: string;
  readonly label: string;
  /** Undefined: of the whole document. */
  readonly anchor: AnchorLike | undefined;
  readonly open: boolean;
  readonly blocking: boolean;
  readonly remarks: readonly Remark[];
  readonly may: readonly May[];
}

export function threadsOf(detail: Detail, me: string, drafts: readonly Draft[] = []): Thread[] {
  const { spec, comments } = detail;
  const concernIds = new Set(spec.concerns.map((concern) => concern.id));
  const roots = rootsOf(comments, concernIds);
  const repliesTo = (id: string) => [
    ...comments
      .filter((comment) => comment.id !== id && roots.get(comment.id) === id)
      .map(remarkOf),
    ...drafts.filter((draft) => draft.thread === id).map(draftRemark),
  ];
  return [
    ...spec.concerns.map((concern) => concernThread(detail, concern, me, repliesTo(concern.id))),
    ...comments
      .filter((comment) => roots.get(comment.id) === comment.id)
      .map((comment) => commentThread(detail, comment, repliesTo(comment.id))),
    ...drafts.filter((draft) => draft.thread === "").map(draftThread),
  ];
}

/** The thread that each comment belongs to: itself where it starts one. */
function rootsOf(
  comments: readonly Comment[],
  concernIds: ReadonlySet<string>,
): Map<string, string> {
  const roots = new Map<string, string>();
  for (const comment of comments) {
    const parent = comment.inReplyTo;
    roots.set(comment.id, concernIds.has(parent) ? parent : (roots.get(parent) ?? comment.id));
  }
  return roots;
}

function concernThread(detail: Detail, concern: Concern, me: string, talk: Remark[]): Thread {
  const open = concern.status === Concern_Status.OPEN;
  const replies = concern.replies.filter((reply) => !isClosing(reply, concern));
  const answers = replies.map((reply, i) => ({
    id: `${concern.id}/${i}`,
    author: person(reply.author),
    text: reply.text,
    time: reply.createTime && timestampDate(reply.createTime),
    label: reply.answer ? "answer" : "",
    draft: false,
  }));
  const said = [...answers, ...talk.filter((remark) => !remark.draft)].sort(byTime);
  return {
    id: concern.id,
    spec: detail.spec.key,
    label: concernLabel(concern),
    anchor: concern.anchor,
    open,
    blocking: open && concern.severity === Concern_Severity.BLOCKING,
    remarks: [
      opening(concern),
      ...said,
      ...closing(concern),
      ...talk.filter((remark) => remark.draft),
    ],
    may: open ? mayOf(detail, concern, me) : [],
  };
}

function opening(concern: Concern): Remark {
  const done = concern.criteria === "" ? "" : `\n\n**Done when:** ${concern.criteria}`;
  return {
    id: concern.id,
    author: person(concern.raiser),
    text: concern.text + done,
    time: concern.raiseTime && timestampDate(concern.raiseTime),
    label: concern.owner === concern.raiser ? "" : `now ${person(concern.owner)}'s`,
    draft: false,
  };
}

// The server keeps the last words of a concern among its replies as well; `closing` shows them.
function isClosing({ author, text, createTime }: ConcernReply, concern: Concern): boolean {
  const { closedBy, resolution, closeTime } = concern;
  return (
    author === closedBy &&
    text === resolution &&
    createTime?.seconds === closeTime?.seconds &&
    createTime?.nanos === closeTime?.nanos
  );
}

function closing(concern: Concern): Remark[] {
  if (concern.status === Concern_Status.OPEN || concern.resolution === "") return [];
  return [
    {
      id: `${concern.id}/closed`,
      author: person(concern.closedBy),
      text: concern.resolution,
      time: concern.closeTime && timestampDate(concern.closeTime),
      label: concernLabel(concern).split(" · ")[0] ?? "",
      draft: false,
    },
  ];
}

// `allowed` speaks of the spec as a whole; a concern is for its owner. Who owns none but may still
// act stands in for somebody, and the server knows for whom.
function mayOf({ spec, explain }: Detail, concern: Concern, me: string): May[] {
  const owned = spec.concerns.filter(
    (each) => each.status === Concern_Status.OPEN && each.owner === me,
  );
  const mine = concern.owner === me || owned.length === 0;
  const may = (command: string) => explain.allowed.includes(command);
  const out: May[] = [];
  if (may("AnswerConcern")) out.push("mayAnswer");
  if (mine && may("ResolveConcern")) out.push("mayResolve");
  if (mine && may("ChangeConcernSeverity") && concern.severity !== Concern_Severity.BLOCKING)
    out.push("mayRaise");
  if (mine && may("WithdrawConcern")) out.push("mayWithdraw");
  return out;
}

function commentThread(detail: Detail, comment: Comment, replies: Remark[]): Thread {
  return {
    id: comment.id,
    spec: detail.spec.key,
    label: "comment",
    anchor: comment.anchor,
    open: true,
    blocking: false,
    remarks: [remarkOf(comment), ...replies],
    may: [],
  };
}

function draftThread(draft: Draft): Thread {
  return {
    id: draft.id,
    spec: draft.spec,
    label: "draft, not sent",
    anchor: draft.anchor,
    open: true,
    blocking: false,
    remarks: [draftRemark(draft)],
    may: [],
  };
}

function remarkOf(comment: Comment): Remark {
  return {
    id: comment.id,
    author: person(comment.author),
    text: comment.text,
    time: comment.createTime && timestampDate(comment.createTime),
    label: "",
    draft: false,
  };
}

function draftRemark(draft: Draft): Remark {
  return {
    id: draft.id,
    author: "You",
    text: draft.text,
    time: undefined,
    label: "draft, not sent",
    draft: true,
  };
}

function byTime(a: Remark, b: Remark): number {
  return (a.time?.getTime() ?? 0) - (b.time?.getTime() ?? 0);
}
