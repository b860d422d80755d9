// Opening a spec: the file of the workspace where it is there, the submitted text otherwise.
import * as vscode from "vscode";

import type { SpecDocuments } from "../documents";
import type { Mirror } from "../model/mirror";
import { currentRevision } from "../model/lists";
import { oneLine, stateWord, withoutIcons } from "../model/words";
import { keyInFrontMatter } from "../frontMatter";
import { revisionUri } from "../revisions";
import { say } from "../say";
import type { Threads } from "../threads/controller";

export class Opener {
  readonly #mirror: Mirror;
  readonly #documents: SpecDocuments;
  readonly #threads: Threads;
  readonly #firstAnswer: () => Promise<void>;

  /** `firstAnswer`: the server answered, or it is known that it does not. */
  constructor(
    mirror: Mirror,
    documents: SpecDocuments,
    threads: Threads,
    firstAnswer: () => Promise<void>,
  ) {
    this.#mirror = mirror;
    this.#documents = documents;
    this.#threads = threads;
    this.#firstAnswer = firstAnswer;
  }

  /** Asks which one without a key. */
  async open(key?: string, thread?: string): Promise<void> {
    // A link may be what started the editor.
    await this.#firstAnswer();
    const wanted = key ?? (await this.#pick());
    if (wanted === undefined) return;
    const file = await this.#fileOf(wanted);
    if (file === undefined) return this.openRevision(wanted, undefined, thread);
    await vscode.window.showTextDocument(file, { preview: true });
    if (thread !== undefined) await this.#reveal(file, thread, wanted);
  }

  /** The submitted text; the newest unless a revision is given. */
  async openRevision(key: string, number?: number, thread?: string): Promise<void> {
    const detail = await this.#mirror.detail(key);
    const newest = detail && currentRevision(detail.spec);
    if (!newest) {
      void say.error(`${key} is not known here, and the server does not show it to you.`);
      return;
    }
    const uri = revisionUri(key, number ?? newest);
    await vscode.window.showTextDocument(uri, { preview: true });
    if (thread !== undefined) await this.#reveal(uri, thread);
  }

  async #pick(): Promise<string | undefined> {
    const items = [...this.#mirror.lists.specs.values()].map((spec) => ({
      label: spec.key,
      description: withoutIcons(oneLine(spec.title)),
      detail: stateWord(spec.state),
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: "Open spec",
      matchOnDescription: true,
      placeHolder: items.length === 0 ? "No spec is known here" : "Key or title",
    });
    return picked?.label;
  }

  // A file at the spec's path that names the key, or that git says is the one.
  async #fileOf(key: string): Promise<vscode.Uri | undefined> {
    const open = this.#documents.all().find((document) => document.local && document.key === key);
    if (open !== undefined) return open.document.uri;
    const path = this.#mirror.lists.specs.get(key)?.path ?? this.#mirror.detailOf(key)?.spec.path;
    if (!path) return undefined;
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const uri = vscode.Uri.joinPath(folder.uri, path);
      const document = await readable(uri);
      if (document === undefined) continue;
      await this.#documents.bindAll();
      const named = keyInFrontMatter(document.getText()) ?? this.#documents.get(uri)?.key;
      if (named === key) return uri;
    }
    return undefined;
  }

  async #reveal(uri: vscode.Uri, thread: string, key?: string): Promise<void> {
    await this.#documents.bindAll();
    const widget = this.#threads.widget(uri, thread);
    const editor = vscode.window.visibleTextEditors.find(
      (each) => each.document.uri.toString() === uri.toString(),
    );
    if (widget?.range !== undefined && editor !== undefined) {
      widget.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      // The caret as well: from there the keyboard reaches the thread.
      editor.selection = new vscode.Selection(widget.range.start, widget.range.start);
      editor.revealRange(widget.range, vscode.TextEditorRevealType.InCenter);
      return;
    }
    // Its lines are gone from the file: show it where it was raised.
    const document = this.#documents.get(uri);
    const outdated =
      document && this.#threads.outdated(document).find((each) => each.id === thread);
    if (key !== undefined && outdated?.anchor !== undefined) {
      await this.openRevision(key, outdated.anchor.revision, thread);
    } else {
      void say.info("The thread of that link is not in this text.");
    }
  }
}

async function readable(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
