import assert from "node:assert/strict";
import { test } from "node:test";

import { keyInFrontMatter } from "./frontMatter";
import { parseLink } from "./link";

const TEXTS: { name: string; text: string; key: string | undefined }[] = [
  { name: "a plain key", text: "---\nkey: MEDIA-42\ntitle: x\n---\n", key: "MEDIA-42" },
  { name: "a quoted key", text: "---\nkey: 'MEDIA-42' # ours\n---\n", key: "MEDIA-42" },
  {
    name: "line ends of Windows",
    text: "---\r\ntitle: x\r\nkey: PLAT-1\r\n---\r\ntext",
    key: "PLAT-1",
  },
  { name: "a byte order mark", text: "\uFEFF---\nkey: MEDIA-42\n---\n", key: "MEDIA-42" },
  { name: "a nested key", text: "---\na:\n  key: MEDIA-42\n---\n", key: undefined },
  {
    name: "a key below the front matter",
    text: "---\ntitle: x\n---\nkey: MEDIA-42\n",
    key: undefined,
  },
  { name: "no front matter", text: "key: MEDIA-42\n", key: undefined },
  { name: "a front matter without an end", text: "---\nkey: MEDIA-42\n", key: undefined },
  { name: "something else", text: "---\nkey: ../../etc\n---\n", key: undefined },
];

for (const { name, text, key } of TEXTS) {
  test(`${name} is ${key ?? "no key"}`, () => assert.equal(keyInFrontMatter(text), key));
}

const LINKS: { path: string; query: string; link: ReturnType<typeof parseLink> }[] = [
  { path: "/open", query: "key=MEDIA-51&thread=c1", link: { key: "MEDIA-51", thread: "c1" } },
  { path: "/open", query: "key=MEDIA-51", link: { key: "MEDIA-51", thread: undefined } },
  {
    path: "/open",
    query: "key=MEDIA-51&thread=%3Cb%3E",
    link: { key: "MEDIA-51", thread: undefined },
  },
  { path: "/submit", query: "key=MEDIA-51", link: undefined },
  { path: "/open", query: "key=..%2F..%2Fetc", link: undefined },
  { path: "/open", query: "", link: undefined },
];

for (const { path, query, link } of LINKS) {
  test(`the link ${path}?${query}`, () => assert.deepEqual(parseLink(path, query), link));
}
