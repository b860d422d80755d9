// Pauses between attempts: doubling, capped, with full jitter, so that many clients of a server
// that comes back do not all return at once.
import { setTimeout as sleep } from "node:timers/promises";

export class Backoff {
  private readonly firstMs: number;
  private readonly capMs: number;
  private ceilingMs: number;

  constructor(firstMs: number, capMs: number) {
    this.firstMs = firstMs;
    this.capMs = capMs;
    this.ceilingMs = firstMs;
  }

  /** The pause before the next attempt: anything up to the ceiling, which doubles. */
  nextMs(): number {
    const pause = Math.random() * this.ceilingMs;
    this.ceilingMs = Math.min(this.ceilingMs * 2, this.capMs);
    return pause;
  }

  /** Call after a success. */
  reset(): void {
    this.ceilingMs = this.firstMs;
  }
}

/** Waits; shorter where `signal` is aborted, which is not an error here. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
