// The one thing that the editor reads of a front matter by itself. All else is the language
// server's.

const LONGEST_FRONT_MATTER = 64 * 1024;

/** The spec key that a document names, `MEDIA-42`. */
export function keyInFrontMatter(text: string): string | undefined {
  const head = text.slice(0, LONGEST_FRONT_MATTER);
  const block = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(
    head,
  )?.[1];
  return block === undefined
    ? undefined
    : /^key:[ \t]*["']?([A-Z][A-Z0-9]*-[1-9][0-9]*)["']?[ \t]*(?:#.*)?$/m.exec(block)?.[1];
}
