// What the five views show, as plain nodes. The editor's items are made of them in provider.ts.
import {
  Meeting_State,
  Slot_State,
  timestampDate,
  type DecisionRecord,
  type Meeting,
  type Slot,
  type Spec,
} from "@gavel/client";

import { isOpen } from "../model/reader";
import type { Lists } from "../model/lists";
import {
  clockWords,
  count,
  dayWords,
  decisionWord,
  dueWords,
  oneLine,
  person,
  slotWord,
  stateWord,
} from "../model/words";
import { decisionIcon, slotIcon, stateIcon, type Icon } from "./icons";

export type ViewId = "yourTurn" | "mySpecs" | "nextMeeting" | "allOpen" | "decided";

export interface Node {
  /** Unique within the view and the same while it is about the same thing, so that folds stay. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Icon;
  /** Words that `when` clauses of menus look for. */
  readonly context: string;
  readonly spec?: string;
  readonly meeting?: string;
  readonly children?: readonly Node[];
  readonly expanded?: boolean;
}

export function nodesOf(view: ViewId, lists: Lists, area = ""): Node[] {
  switch (view) {
    case "yourTurn":
      return [...lists.turns.keys()].flatMap((key) => turnNodes(lists, lists.specs.get(key)));
    case "mySpecs":
      return newestFirst(lists, (spec) => spec.authors.includes(lists.me));
    case "allOpen":
      return newestFirst(lists, isOpen);
    case "nextMeeting":
      return nextMeetings(lists.meetings, area).map((meeting, i) =>
        meetingNode(lists, meeting, i === 0),
      );
    case "decided":
      return lists.decisions.map((record) => decisionNode(lists, record));
  }
}

/** The first meeting of each area that is still to be held, or is being held. */
export function nextMeetings(meetings: readonly Meeting[], area = ""): Meeting[] {
  const coming = [Meeting_State.PLANNED, Meeting_State.FROZEN, Meeting_State.LIVE];
  const first = new Map<string, Meeting>();
  for (const meeting of meetings) {
    const wanted = coming.includes(meeting.state) && (area === "" || meeting.area === area);
    if (wanted && !first.has(meeting.area)) first.set(meeting.area, meeting);
  }
  return [...first.values()];
}

function newestFirst(lists: Lists, wanted: (spec: Spec) => boolean): Node[] {
  return [...lists.specs.values()]
    .filter(wanted)
    .sort((a, b) => Number(b.updateSeq - a.updateSeq))
    .flatMap((spec) => specNodes(lists, spec));
}

// When comes before what: a long title is cut off where the side bar ends.
function turnNodes(lists: Lists, spec: Spec | undefined): Node[] {
  if (spec === undefined) return [];
  const due = dueWords(lists.turns.get(spec.key)?.dueTime, lists.nowMs) || "your turn";
  const label = `${spec.key} ${due} · ${oneLine(spec.title)}`;
  const description = stateWord(spec.state);
  return specNodes(lists, spec).map((node) => ({ ...node, label, description }));
}

function specNodes(lists: Lists, spec: Spec | undefined): Node[] {
  if (spec === undefined) return [];
  const title = oneLine(spec.title);
  return [
    {
      id: spec.key,
      label: `${spec.key} ${title}`,
      description: `${stateWord(spec.state)}${whose(lists, spec)}`,
      tooltip: "",
      icon: stateIcon(spec.state),
      context: "spec",
      spec: spec.key,
    },
  ];
}

// Mine with its date; another's with names.
function whose(lists: Lists, spec: Spec): string {
  const turn = lists.turns.get(spec.key);
  if (turn !== undefined) return ` · ${dueWords(turn.dueTime, lists.nowMs) || "your turn"}`;
  const names = spec.attention.map((each) =>
    each.person === "" ? each.role : person(each.person),
  );
  const unique = [...new Set(names)];
  if (unique.length === 0) return "";
  const shown = unique.slice(0, 2).join(", ");
  return ` · ${shown}${unique.length > 2 ? ` and ${unique.length - 2} more` : ""}`;
}

function meetingNode(lists: Lists, meeting: Meeting, expanded: boolean): Node {
  const slots = meeting.slots
    .filter((slot) => slot.state !== Slot_State.RELEASED)
    .sort((a, b) => a.order - b.order);
  const minutes = slots.reduce((sum, slot) => sum + slot.timeboxMinutes, 0);
  const start = meeting.startTime && timestampDate(meeting.startTime);
  const day = dayWords(meeting.startTime, lists.nowMs);
  const when = start === undefined ? day : `${day}, ${clockWords(start)}`;
  // The editor keeps the fold of an id; the first one starts unfolded, whatever it was before.
  const id = expanded ? `${meeting.id}/first` : meeting.id;
  const children = [
    ...slots.map((slot) => slotNode(id, slot)),
    agendaNode(id, meeting, slots.length),
  ];
  return {
    id,
    label: `${meeting.area}: ${when}`,
    description:
      slots.length === 0 ? "nothing on it yet" : `${count(slots.length, "spec")}, ${minutes} min`,
    tooltip: [
      `Facilitator ${person(meeting.facilitator) || "not named yet"}`,
      `notes ${person(meeting.notetaker) || "not named yet"}`,
    ].join(", "),
    icon: { id: meeting.state === Meeting_State.LIVE ? "broadcast" : "calendar" },
    context: "meeting",
    meeting: meeting.id,
    children,
    expanded,
  };
}

function slotNode(parent: string, slot: Slot): Node {
  const words = [`${slot.timeboxMinutes} min`, person(slot.presenter), slotWord(slot.state)];
  return {
    id: `${parent}/${slot.spec}`,
    label: `${slot.spec} ${oneLine(slot.title)}`,
    description: words.filter((word) => word !== "").join(" · "),
    tooltip: slot.reason,
    icon: slotIcon(slot.state),
    context: "spec slot",
    spec: slot.spec,
  };
}

function agendaNode(parent: string, meeting: Meeting, slots: number): Node {
  const sent = meeting.packetTime !== undefined;
  return {
    id: `${parent}/agenda`,
    label: sent ? "Packet" : "Agenda so far",
    description: sent || slots === 0 ? "" : "not sent out yet",
    tooltip: "",
    icon: { id: "book" },
    context: "agenda",
    meeting: meeting.id,
  };
}

function decisionNode(lists: Lists, record: DecisionRecord): Node {
  const { decision } = record;
  return {
    id: `${record.spec}/${decision?.id ?? ""}`,
    label: `${record.spec} ${oneLine(record.title)}`,
    description:
      decision === undefined
        ? ""
        : `${decisionWord(decision)} · ${dayWords(decision.decideTime, lists.nowMs)}`,
    tooltip: decision?.rationale ?? "",
    icon: decisionIcon(decision),
    context: "spec decided",
    spec: record.spec,
  };
}
