// The whole public surface. Start at connect.ts.
export { create, fromJson, fromJsonString, toJson, toJsonString } from "@bufbuild/protobuf";
export { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
export { Code, ConnectError } from "@connectrpc/connect";

export { connect, type ConnectOptions, type Gavel } from "./connect.js";
export { fileCursor, memoryCursor, type Cursor, type CursorStore } from "./cursor_store.js";
export * from "./messages.js";
export { reasonOf, type Reason, type ReasonName, type Violation } from "./reason.js";
export { TokenInClearTextError } from "./server_address.js";
export {
  ListAgainError,
  SignInError,
  type Batch,
  type WatchOptions,
  type WatchState,
} from "./watch.js";
