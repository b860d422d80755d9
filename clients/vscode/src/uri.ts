// `vscode://gavel.gavel/open?key=MEDIA-51&thread=c1`: what chat cards and web pages link to.
// Anybody can make somebody click such a link, so it only ever shows something.
import * as vscode from "vscode";

import type { Opener } from "./commands/open";
import { parseLink } from "./link";
import { say } from "./say";

export function registerUriHandler(opener: Opener): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: async (uri) => {
      const link = parseLink(uri.path, uri.query);
      if (link !== undefined) return opener.open(link.key, link.thread);
      void say.warning("That link names no spec.");
    },
  });
}
