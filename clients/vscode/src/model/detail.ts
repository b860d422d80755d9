// All about one spec, as reading it needs: its words, its comments, the texts they speak of.
import {
  create,
  fromJson,
  toJson,
  CommentSchema,
  ExplainSpecResponseSchema,
  SpecSchema,
  type Comment,
  type ExplainSpecResponse,
  type Spec,
} from "@gavel/client";

export interface Detail {
  readonly spec: Spec;
  /** The server's words, and what the reader may do. Empty of commands when read offline. */
  readonly explain: ExplainSpecResponse;
  /** Oldest first. */
  readonly comments: readonly Comment[];
  /** The submitted texts by revision: the current one and those that threads speak of. */
  readonly texts: ReadonlyMap<number, string>;
}

/** The revisions whose texts a reader of `spec` needs. */
export function revisionsOf(spec: Spec, comments: readonly Comment[]): number[] {
  const anchors = [...spec.concerns, ...comments].map((each) => each.anchor?.revision ?? 0);
  const current = spec.revisions.at(-1)?.number ?? 0;
  return [...new Set([current, ...anchors])].filter((number) => number > 0).sort((a, b) => a - b);
}

export function detailToStored(detail: Detail): unknown {
  return {
    version: 1,
    spec: toJson(SpecSchema, detail.spec),
    explain: toJson(ExplainSpecResponseSchema, detail.explain),
    comments: detail.comments.map((comment) => toJson(CommentSchema, comment)),
    texts: [...detail.texts],
  };
}

/** Undefined for what this version did not write. What was allowed then is not now. */
export function detailFromStored(stored: unknown): Detail | undefined {
  const data = stored as {
    version?: number;
    spec: never;
    explain: never;
    comments: never[];
    texts: [number, string][];
  } | null;
  if (data?.version !== 1) return undefined;
  const options = { ignoreUnknownFields: true };
  try {
    const explain = fromJson(ExplainSpecResponseSchema, data.explain, options);
    return {
      spec: fromJson(SpecSchema, data.spec, options),
      explain: create(ExplainSpecResponseSchema, { ...explain, allowed: [] }),
      comments: data.comments.map((each) => fromJson(CommentSchema, each, options)),
      texts: new Map(data.texts),
    };
  } catch {
    return undefined;
  }
}
