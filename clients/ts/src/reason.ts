// Why the server refused: the `google.rpc` details of an error as one typed value.
import { Code, ConnectError } from "@connectrpc/connect";

import { ErrorReason } from "#gen/gavel/v1/error_reason_pb.js";
import { BadRequestSchema, ErrorInfoSchema } from "#gen/google/rpc/error_details_pb.js";

/** Names of the enum ErrorReason: "STATE_NOT_ALLOWED", "ETAG_MISMATCH" … */
export type ReasonName = Exclude<keyof typeof ErrorReason, "UNSPECIFIED">;

/** One field that is wrong. */
export interface Violation {
  /** Path in the request or in the front matter: `front_matter.dependencies[1].use`. */
  readonly field: string;
  /** One sentence that names the fix. */
  readonly description: string;
  /** A finding code, `GV204`, where the field is a document's; else empty. */
  readonly reason: string;
}

export interface Reason {
  /** "OTHER" for a name that is newer than this client; `text` has it. */
  readonly name: ReasonName | "OTHER";
  /** The name as sent. */
  readonly text: string;
  readonly code: Code;
  /** For people. */
  readonly message: string;
  /** Every value of the message: `allowed`, `etag`, `needs` … */
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly Violation[];
}

const domain = "gavel.dev";

/** Undefined for what is not an answer of gaveld: a transport that broke, a bug. */
export function reasonOf(error: unknown): Reason | undefined {
  if (!(error instanceof ConnectError)) return undefined;
  const info = error.findDetails(ErrorInfoSchema).find((detail) => detail.domain === domain);
  if (info === undefined) return undefined;
  return {
    name: isReasonName(info.reason) ? info.reason : "OTHER",
    text: info.reason,
    code: error.code,
    message: error.rawMessage,
    metadata: info.metadata,
    violations: error.findDetails(BadRequestSchema).flatMap((detail) => detail.fieldViolations),
  };
}

function isReasonName(text: string): text is ReasonName {
  // The compiled enum also maps its numbers to names.
  return text !== "UNSPECIFIED" && typeof Reflect.get(ErrorReason, text) === "number";
}
