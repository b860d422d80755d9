// What the language server advises, in terms of this editor. Its words are for every editor, and
// name a setting that this one need not have: it fetches the policy by a command.

/** What to say, and whether checking once is the answer to it. */
export interface Advice {
  readonly text: string;
  readonly check: boolean;
}

const FETCH = "Run `gavel check --online`, or set `gavel.rules` to a policy folder.";

export function adviceHere(message: string): Advice {
  const check = message.endsWith(FETCH);
  const text = check ? message.slice(0, -FETCH.length) + "“Gavel: Check” fetches it." : message;
  return { text, check };
}
