// Waiting for a condition instead of for time.
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What `probe` returns once it is neither false nor nullish nor an error; asked every 50 ms.
 * Fails after `timeoutMs` with `what` and the last answer.
 */
export async function eventually(what, probe, { timeoutMs = 30_000 } = {}) {
  const deadline = Date.now() + timeoutMs;
  let last;
  for (;;) {
    try {
      last = await probe();
      if (last !== false && last !== undefined && last !== null) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${timeoutMs / 1000} s: ${what} (last: ${last})`);
    }
    await sleep(50);
  }
}

/** The first element of `probe`'s list that matches `pattern`, a text or RegExp; asked as above. */
export function eventuallyOneOf(what, pattern, probe, options) {
  let seen = [];
  const matches = (text) =>
    pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern);
  return eventually(`${what} like ${pattern}`, async () => {
    seen = await probe();
    const found = seen.find(matches);
    if (found === undefined) throw new Error(`only ${JSON.stringify(seen)}`);
    return found;
  }, options);
}
