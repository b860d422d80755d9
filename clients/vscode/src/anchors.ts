// Where a thread belongs in a text that is being edited.
//
// An anchor names lines of a revision. The editor moves a comment's widget while people type but
// never says where it went, so the place is worked out again from the texts: a line diff from the
// revision to the buffer, then the quoted lines elsewhere, then "outdated". Lines are numbered from
// 1, as on the wire; nothing here knows the editor.
import { diffArrays } from "diff";

/** First and last line, from 1, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** What an anchor says, as the API's `Anchor`. `first` 0 stands for the whole document. */
export interface AnchorLike {
  readonly revision: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly quote: string;
  readonly heading: string;
}

// Lines that share this part of their words are the same line, reworded.
const SAME_LINE = 0.5;
// Below this a quote, `}` or `- yes`, is too common to be found again elsewhere.
const SHORTEST_QUOTE = 8;
// Two texts that share next to nothing would take a second and lead nowhere.
const DIFF_TIMEOUT_MS = 200;

export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Whether at least half of the lines of `submitted` that say something are in `text`. */
export function isMostly(text: string, submitted: string): boolean {
  const there = new Set(linesOf(text));
  const lines = linesOf(submitted).filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.filter((line) => there.has(line)).length * 2 >= lines.length;
}

/** Lines of one text and where they are in another. Built in one diff; lookups are O(1). */
export class LineMap {
  readonly #there: (number | undefined)[];
  readonly #back: (number | undefined)[];

  constructor(from: readonly string[], to: readonly string[]) {
    this.#there = new Array<number | undefined>(from.length + 1);
    this.#back = new Array<number | undefined>(to.length + 1);
    let at = 1; // In `from`.
    let now = 1; // In `to`.
    let removed: number[] = [];
    const changes = diffArrays([...from], [...to], { timeout: DIFF_TIMEOUT_MS }) ?? [];
    for (const change of changes) {
      if (change.removed) {
        removed = range(at, change.value.length);
        at += change.value.length;
        continue;
      }
      const lines = range(now, change.value.length);
      now += change.value.length;
      if (change.added) {
        this.#pair(from, to, removed, lines);
      } else {
        for (const line of lines) this.#link(at++, line);
      }
      removed = [];
    }
  }

  /** The line of `to` that `line` of `from` became; undefined where it is gone. */
  forward(line: number): number | undefined {
    return this.#there[line];
  }

  /** The line of `from` that `line` of `to` was; undefined where it is new. */
  back(line: number): number | undefined {
    return this.#back[line];
  }

  #link(from: number, to: number): void {
    this.#there[from] = to;
    this.#back[to] = from;
  }

  // A replaced block: its lines, in order, are reworded ones of the block before.
  #pair(from: readonly string[], to: readonly string[], removed: number[], added: number[]): void {
    let next = 0;
    for (const old of removed) {
      const before = from[old - 1] ?? "";
      for (let i = next; i < added.length; ++i) {
        const line = added[i] as number;
        if (similarity(before, to[line - 1] ?? "") < SAME_LINE) continue;
        this.#link(old, line);
        next = i + 1;
        break;
      }
    }
  }
}

/** The places of one document's threads: revisions on one side, the open buffer on the other. */
export class AnchorTable {
  readonly #revisions = new Map<number, readonly string[]>();
  readonly #maps = new Map<number, LineMap>();
  #buffer: readonly string[];

  constructor(buffer: string) {
    this.#buffer = linesOf(buffer);
  }

  /** The submitted text that anchors of `revision` speak of. */
  addRevision(revision: number, text: string): void {
    this.#revisions.set(revision, linesOf(text));
    this.#maps.delete(revision);
  }

  hasRevision(revision: number): boolean {
    return this.#revisions.has(revision);
  }

  /** The buffer as it is now. Costs nothing until the next lookup. */
  setBuffer(text: string): void {
    this.#buffer = linesOf(text);
    this.#maps.clear();
  }

  /**
   * Where an anchor is in the buffer; undefined where its lines are gone ("outdated"), or its
   * revision is not known. An anchor of the whole document is on the title.
   */
  place(anchor: AnchorLike): Lines | undefined {
    if (anchor.firstLine < 1) return titleLine(this.#buffer);
    const map = this.#mapOf(anchor.revision);
    if (map === undefined) return undefined;
    return this.#byDiff(map, anchor) ?? this.#byQuote(anchor);
  }

  /**
   * The anchor of lines of the buffer, in terms of `revision`: what the server and everybody else
   * see. Undefined where none of the lines is in the revision.
   */
  anchorAt(revision: number, lines: Lines): AnchorLike | undefined {
    const map = this.#mapOf(revision);
    const text = this.#revisions.get(revision);
    if (map === undefined || text === undefined) return undefined;
    const known = range(lines.first, lines.last - lines.first + 1)
      .map((line) => map.back(line))
      .filter((line): line is number => line !== undefined);
    if (known.length === 0) return undefined;
    const firstLine = Math.min(...known);
    const lastLine = Math.max(...known);
    return {
      revision,
      firstLine,
      lastLine,
      quote: text.slice(firstLine - 1, lastLine).join("\n"),
      heading: headingAbove(text, firstLine),
    };
  }

  /** The runs of buffer lines that are in `revision`, hence may be commented on. */
  commentable(revision: number): Lines[] {
    const map = this.#mapOf(revision);
    const runs: Lines[] = [];
    for (let line = 1; map !== undefined && line <= this.#buffer.length; ++line) {
      if (map.back(line) === undefined) continue;
      const run = runs.at(-1);
      if (run !== undefined && run.last === line - 1) {
        runs[runs.length - 1] = { first: run.first, last: line };
      } else {
        runs.push({ first: line, last: line });
      }
    }
    return runs;
  }

  #mapOf(revision: number): LineMap | undefined {
    const text = this.#revisions.get(revision);
    if (text === undefined) return undefined;
    let map = this.#maps.get(revision);
    if (map === undefined) {
      map = new LineMap(text, this.#buffer);
      this.#maps.set(revision, map);
    }
    return map;
  }

  #byDiff(map: LineMap, anchor: AnchorLike): Lines | undefined {
    const size = Math.max(1, anchor.lastLine - anchor.firstLine + 1);
    const there = range(anchor.firstLine, size)
      .map((line) => map.forward(line))
      .filter((line): line is number => line !== undefined);
    if (there.length === 0) return undefined;
    return { first: Math.min(...there), last: Math.max(...there) };
  }

  // A block that was moved: the same lines, once, somewhere else.
  #byQuote(anchor: AnchorLike): Lines | undefined {
    const quote = linesOf(anchor.quote);
    if (anchor.quote.trim().length < SHORTEST_QUOTE) return undefined;
    const hits: number[] = [];
    for (let at = 0; at + quote.length <= this.#buffer.length; ++at) {
      if (quote.every((line, i) => this.#buffer[at + i] === line)) hits.push(at + 1);
    }
    const under = hits.filter((line) => headingAbove(this.#buffer, line) === anchor.heading);
    const [only, second] = under.length === 1 ? under : hits;
    if (only === undefined || second !== undefined) return undefined;
    return { first: only, last: only + quote.length - 1 };
  }
}

function range(first: number, size: number): number[] {
  return Array.from({ length: Math.max(0, size) }, (_, i) => first + i);
}

// The share of words that two lines have in common, 0 to 1 (Dice's coefficient).
function similarity(a: string, b: string): number {
  const words = (line: string) => line.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const left = words(a);
  const right = words(b);
  if (left.length + right.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    ++shared;
  }
  return (2 * shared) / (left.length + right.length);
}

// The title of the section, level 2 to 6, that `line` is in; empty above the first.
function headingAbove(lines: readonly string[], line: number): string {
  for (let at = Math.min(line, lines.length); at >= 1; --at) {
    const heading = /^#{2,6} +(.*)$/.exec(lines[at - 1] ?? "")?.[1];
    if (heading !== undefined && heading !== "") return heading;
  }
  return "";
}

// What a remark on the whole document stands beside: the title below the front matter.
function titleLine(lines: readonly string[]): Lines {
  const at = lines.findIndex((line) => /^# +\S/.test(line)) + 1;
  return { first: Math.max(at, 1), last: Math.max(at, 1) };
}
