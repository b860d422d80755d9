// What a link to a spec says: `/open?key=MEDIA-51&thread=c1`. Links come from anywhere.

const KEY = /^[A-Z][A-Z0-9]*-[1-9][0-9]{0,9}$/;
const THREAD = /^[cm][1-9][0-9]{0,9}$/;

export interface Link {
  readonly key: string;
  readonly thread: string | undefined;
}

/** Undefined for what is no link of ours. */
export function parseLink(path: string, query: string): Link | undefined {
  const words = new URLSearchParams(query);
  const key = words.get("key") ?? "";
  const thread = words.get("thread") ?? undefined;
  if (path !== "/open" || !KEY.test(key)) return undefined;
  return { key, thread: thread !== undefined && THREAD.test(thread) ? thread : undefined };
}
