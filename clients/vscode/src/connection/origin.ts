// Who named a server, and what that means for tokens.
export interface Server {
  readonly address: string;
  /** Only the workspace names it: no token goes there that was not made for it. */
  readonly ofWorkspace: boolean;
}

// Nothing in an address may look like something else in the question about it.
const ADDRESS = /^(https?:\/\/)?[A-Za-z0-9.:[\]_-]{1,255}\/?$/;

/** Whether people may be asked about it; a workspace can write anything. */
export const isAddress = (text: string): boolean => ADDRESS.test(text);

/**
 * What makes the command line client ask this server as this person. `token` is the editor's for
 * it; without one the client looks up what it stored for it. A token of the environment or of a
 * settings file is for the user's own server and for no server that a workspace names: `noToken`,
 * an empty file, stands before them.
 */
export function environmentFor(
  server: Server,
  token: string,
  noToken: string,
): Record<string, string> {
  const of = { GAVEL_SERVER: server.address };
  if (token !== "") return { ...of, GAVEL_TOKEN: token, GAVEL_TOKEN_FILE: "" };
  return server.ofWorkspace ? { ...of, GAVEL_TOKEN: "", GAVEL_TOKEN_FILE: noToken } : of;
}
