// Read-only documents: submitted texts (`gavel-revision:/MEDIA-51/3/MEDIA-51 revision 3.md`) and
// agendas (`gavel-agenda:/2026-11-26-media/…`). They come from the server, or the last snapshot.
import * as vscode from "vscode";

import type { Mirror } from "./model/mirror";
import { readText } from "./model/reader";
import { wordsOf } from "./connection/server";

export const REVISION_SCHEME = "gavel-revision";
export const AGENDA_SCHEME = "gavel-agenda";

export function revisionUri(key: string, number: number): vscode.Uri {
  return vscode.Uri.from({
    scheme: REVISION_SCHEME,
    path: `/${key}/${number}/${key} revision ${number}.md`,
  });
}

export function agendaUri(meeting: string): vscode.Uri {
  return vscode.Uri.from({ scheme: AGENDA_SCHEME, path: `/${meeting}/${meeting}.md` });
}

/** What a `gavel-revision:` document is about; undefined for any other. */
export function revisionOf(uri: vscode.Uri): { key: string; number: number } | undefined {
  if (uri.scheme !== REVISION_SCHEME) return undefined;
  const [, key, number] = uri.path.split("/");
  return key && Number(number) > 0 ? { key, number: Number(number) } : undefined;
}

export function registerRevisions(mirror: Mirror): vscode.Disposable {
  const agendas = new AgendaContent(mirror);
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(REVISION_SCHEME, {
      provideTextDocumentContent: (uri) => revisionText(mirror, uri),
    }),
    vscode.workspace.registerTextDocumentContentProvider(AGENDA_SCHEME, agendas),
    agendas,
  );
}

async function revisionText(mirror: Mirror, uri: vscode.Uri): Promise<string> {
  const revision = revisionOf(uri);
  if (revision === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  const known = (await mirror.detail(revision.key))?.texts.get(revision.number);
  if (known !== undefined) return known;
  if (mirror.gavel === undefined) {
    throw new Error(
      `${revision.key} revision ${revision.number} was not kept for reading offline.`,
    );
  }
  return readText(mirror.gavel, revision.key, revision.number);
}

/** An agenda changes until it is sent out; an open one follows. */
class AgendaContent implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #mirror: Mirror;
  readonly #last = new Map<string, string>();
  readonly #stop: () => void;

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    this.#stop = mirror.listsChanged.on(() => {
      for (const document of vscode.workspace.textDocuments) {
        if (document.uri.scheme === AGENDA_SCHEME) this.#changed.fire(document.uri);
      }
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const meeting = uri.path.split("/")[1] ?? "";
    try {
      const agenda = await this.#mirror.gavel?.meetings.getAgenda({ meeting });
      if (agenda !== undefined) this.#last.set(meeting, agenda.markdown);
    } catch (error) {
      if (!this.#last.has(meeting)) throw new Error(wordsOf(error));
    }
    const text = this.#last.get(meeting);
    if (text === undefined)
      throw new Error("The agenda cannot be read while the server cannot be reached.");
    return text;
  }

  dispose(): void {
    this.#stop();
    this.#changed.dispose();
  }
}
