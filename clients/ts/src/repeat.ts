// Unary calls over a connection that may break: writes carry a `request_id`, so that asking again
// is safe, and what is safe is asked again.
import { randomUUID } from "node:crypto";

import { clone, type DescMethod, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";

import { Backoff, pause } from "./backoff.js";

// The one request without a `request_id` that is not a read: `by` would count twice.
const neverRepeated = "AdvanceClock";

/** True for reads, and for writes that carry a `request_id`. */
export function isSafeToRepeat(method: DescMethod, message: Message): boolean {
  if (hasRequestId(method)) return (message as WithRequestId).requestId !== "";
  return method.name !== neverRepeated;
}

/** Gives a write a random `request_id` unless it has one. */
export const fillRequestId: Interceptor = (next) => (request) => {
  if (request.stream || !hasRequestId(request.method)) return next(request);
  // The caller's message stays as it is: sent a second time on purpose, it is another request.
  const message = clone(request.method.input, request.message) as WithRequestId;
  message.requestId ||= randomUUID();
  return next({ ...request, message });
};

/** Asks again while the server is UNAVAILABLE, up to `forMs` after the first attempt. */
export function repeatWhileUnavailable(forMs: number): Interceptor {
  return (next) => async (request) => {
    const backoff = new Backoff(100, 5_000);
    const until = Date.now() + forMs;
    for (;;) {
      try {
        return await next(request);
      } catch (error) {
        const wait = backoff.nextMs();
        const again =
          !request.stream &&
          ConnectError.from(error).code === Code.Unavailable &&
          isSafeToRepeat(request.method, request.message) &&
          Date.now() + wait < until;
        if (!again) throw error;
        await pause(wait, request.signal);
        if (request.signal.aborted) throw error;
      }
    }
  };
}

type WithRequestId = Message & { requestId: string };

function hasRequestId(method: DescMethod): boolean {
  return "requestId" in method.input.field;
}
