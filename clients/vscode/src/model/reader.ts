// Reads from the server what the model holds. The only file of the model that makes calls.
import {
  Code,
  ConnectError,
  Spec_Stage,
  timestampDate,
  type Event,
  type Gavel,
  type Spec,
} from "@gavel/client";

import { revisionsOf, type Detail } from "./detail";
import { emptyTurn, type Lists } from "./lists";

const PAGE = 1000;
const DECISIONS = 20;

/** Everything the views show of `server`, and the `seq` to watch from. */
export async function readLists(
  gavel: Gavel,
  server: string,
): Promise<{ lists: Lists; seq: bigint }> {
  const info = await gavel.server.getServerInfo({});
  const open = await listSpecs(gavel, "stage != DECISION");
  const [mine, turns, meetings, decisions] = await Promise.all([
    info.principal === ""
      ? []
      : listSpecs(gavel, `author = ${info.principal}`).then((page) => page.specs),
    readTurns(gavel),
    readMeetings(gavel),
    readDecisions(gavel),
  ]);
  const specs = new Map([...open.specs, ...mine].map((spec) => [spec.key, spec]));
  const nowMs = info.now === undefined ? Date.now() : timestampDate(info.now).getTime();
  const { principal: me } = info;
  return { lists: { server, me, nowMs, specs, turns, meetings, decisions }, seq: open.seq };
}

/** The lists after some events, reading again only what they can have changed. */
export async function readChanges(
  gavel: Gavel,
  before: Lists,
  events: readonly Event[],
): Promise<Lists> {
  const keys = [...new Set(events.map((event) => event.spec).filter((key) => key !== ""))];
  const aboutMeetings = events.some(
    (event) => event.meeting !== "" || event.subject.startsWith("meetings/"),
  );
  const [changed, turns, meetings, decisions] = await Promise.all([
    Promise.all(keys.map((key) => readSpec(gavel, key))),
    readTurns(gavel),
    aboutMeetings ? readMeetings(gavel) : before.meetings,
    keys.length > 0 ? readDecisions(gavel) : before.decisions,
  ]);
  const specs = new Map(before.specs);
  keys.forEach((key, i) => {
    const spec = changed[i];
    if (spec === undefined) specs.delete(key);
    else specs.set(key, spec);
  });
  const last = events.at(-1)?.time;
  const nowMs = Math.max(before.nowMs, last === undefined ? 0 : timestampDate(last).getTime());
  return { ...before, nowMs, specs, turns, meetings, decisions };
}

/** Everything about one spec. Texts that `known` has are not read again: revisions never change. */
export async function readDetail(gavel: Gavel, key: string, known?: Detail): Promise<Detail> {
  const [{ spec }, explain, comments] = await Promise.all([
    gavel.specs.getSpec({ spec: key }),
    gavel.specs.explainSpec({ spec: key }),
    readComments(gavel, key),
  ]);
  if (spec === undefined) throw new ConnectError(`${key} has no content`, Code.DataLoss);
  const texts = new Map<number, string>();
  for (const number of revisionsOf(spec, comments)) {
    texts.set(number, known?.texts.get(number) ?? (await readText(gavel, key, number)));
  }
  return { spec, explain, comments, texts };
}

export async function readText(gavel: Gavel, key: string, number: number): Promise<string> {
  const { content } = await gavel.specs.getRevision({ spec: key, number });
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
}

export function isOpen(spec: Spec): boolean {
  return spec.stage !== Spec_Stage.DECISION;
}

// Undefined for a spec that the reader may not see.
async function readSpec(gavel: Gavel, key: string): Promise<Spec | undefined> {
  try {
    return (await gavel.specs.getSpec({ spec: key })).spec;
  } catch (error) {
    const hidden = [Code.NotFound, Code.PermissionDenied];
    if (error instanceof ConnectError && hidden.includes(error.code)) return undefined;
    throw error;
  }
}

async function listSpecs(gavel: Gavel, filter: string): Promise<{ specs: Spec[]; seq: bigint }> {
  const specs: Spec[] = [];
  let seq: bigint | undefined;
  for (let pageToken: string | undefined; pageToken !== "";) {
    const page = await gavel.specs.listSpecs({
      filter,
      pageSize: PAGE,
      pageToken: pageToken ?? "",
    });
    specs.push(...page.specs);
    seq ??= page.seq; // Of the first page: what changes while later ones are read is watched.
    pageToken = page.nextPageToken;
  }
  return { specs, seq: seq ?? 0n };
}

async function readTurns(gavel: Gavel): Promise<Lists["turns"]> {
  const { items } = await gavel.specs.listInbox({});
  return new Map(items.map((item) => [item.spec?.key ?? "", item.turn ?? emptyTurn()]));
}

async function readMeetings(gavel: Gavel): Promise<Lists["meetings"]> {
  return (await gavel.meetings.listMeetings({})).meetings;
}

async function readDecisions(gavel: Gavel): Promise<Lists["decisions"]> {
  return (await gavel.specs.listDecisions({ pageSize: DECISIONS })).decisions;
}

async function readComments(gavel: Gavel, key: string): Promise<Detail["comments"]> {
  const comments = [];
  for (let pageToken: string | undefined; pageToken !== "";) {
    const page = await gavel.specs.listComments({
      spec: key,
      pageSize: PAGE,
      pageToken: pageToken ?? "",
    });
    comments.push(...page.comments);
    pageToken = page.nextPageToken;
  }
  return comments;
}
