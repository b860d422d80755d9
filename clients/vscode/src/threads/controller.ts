// Threads beside the text, through the editor's own comments. One editor thread per thread of the
// server and document, kept by the server's id and updated in place: a rebuilt one would fold and
// lose what somebody is typing.
import * as vscode from "vscode";

import type { AnchorLike, Lines } from "../anchors";
import { SpecDocuments, type SpecDocument } from "../documents";
import { Emitter } from "../emitter";
import type { Mirror } from "../model/mirror";
import { remarkMarkdown } from "../model/words";
import { showsClosedThreads } from "../settings";
import type { Drafts } from "./drafts";
import { threadsOf, type Remark, type Thread } from "./threads";

/** A thread of the server and where it is shown. */
export interface Shown {
  readonly thread: Thread;
  readonly document: SpecDocument;
}

/** A remark as the editor shows it; `id` leads back to the server's. */
export interface ShownRemark extends vscode.Comment {
  readonly id: string;
}

export class Threads implements vscode.Disposable {
  /** Fires with the document whose threads were placed anew. */
  readonly placed = new Emitter<SpecDocument>();
  readonly #controller = vscode.comments.createCommentController("gavel", "Gavel");
  readonly #mirror: Mirror;
  readonly #documents: SpecDocuments;
  readonly #drafts: Drafts;
  // By document and thread id.
  readonly #widgets = new Map<string, Map<string, vscode.CommentThread>>();
  readonly #shown = new WeakMap<vscode.CommentThread, Shown>();
  readonly #outdated = new Map<string, readonly Thread[]>();
  // Lines that the editor was told can be commented on, by document.
  readonly #told = new Map<string, string>();
  readonly #disposables: vscode.Disposable[];

  constructor(mirror: Mirror, documents: SpecDocuments, drafts: Drafts) {
    this.#mirror = mirror;
    this.#documents = documents;
    this.#drafts = drafts;
    this.#controller.options = {
      prompt: "Comment",
      placeHolder: "Markdown. Comment, or raise it as a concern.",
    };
    this.#offerRanges();
    this.#disposables = [
      this.#controller,
      new vscode.Disposable(documents.changed.on((document) => this.place(document))),
      new vscode.Disposable(documents.closed.on((uri) => this.#close(uri))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("gavel.showClosedThreads"))
          documents.all().forEach((each) => this.place(each));
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /** The server's thread behind one of the editor's; undefined for one that is being written. */
  shown(widget: vscode.CommentThread): Shown | undefined {
    return this.#shown.get(widget);
  }

  /** Threads of a document whose lines are gone from it. */
  outdated(document: SpecDocument): readonly Thread[] {
    return this.#outdated.get(document.document.uri.toString()) ?? [];
  }

  /** Where a thread is shown in a document; undefined where it is not. */
  widget(uri: vscode.Uri, thread: string): vscode.CommentThread | undefined {
    return this.#widgets.get(uri.toString())?.get(thread);
  }

  /**
   * The anchor of a thread that somebody has just written in the editor. The only place where a
   * range of the editor is read: it keeps that of an unsent box up to date itself.
   */
  anchorOfNew(widget: vscode.CommentThread, document: SpecDocument): AnchorLike | undefined {
    document.table.setBuffer(document.document.getText());
    const range = widget.range;
    if (range === undefined) return undefined;
    return document.table.anchorAt(document.revision, {
      first: range.start.line + 1,
      last: range.end.line + 1,
    });
  }

  /** Puts every thread of a document where it belongs now. */
  place(document: SpecDocument): void {
    const detail = this.#mirror.detailOf(document.key);
    if (detail === undefined) return;
    const id = document.document.uri.toString();
    const widgets = this.#widgets.get(id) ?? new Map<string, vscode.CommentThread>();
    this.#widgets.set(id, widgets);
    const outdated: Thread[] = [];
    const wanted = new Set<string>();
    for (const thread of threadsOf(detail, this.#mirror.lists.me, this.#drafts.of(document.key))) {
      if (!thread.open && !showsClosedThreads()) continue;
      const lines = document.table.place(thread.anchor ?? WHOLE);
      if (lines === undefined) {
        outdated.push(thread);
        continue;
      }
      wanted.add(thread.id);
      this.#update(widgets, thread, document, lines);
    }
    for (const [key, widget] of widgets) {
      if (wanted.has(key)) continue;
      widget.dispose();
      widgets.delete(key);
    }
    this.#outdated.set(id, outdated);
    if (this.#told.get(id) !== signature(commentable(document))) this.#offerRanges();
    this.placed.fire(document);
  }

  #update(
    widgets: Map<string, vscode.CommentThread>,
    thread: Thread,
    document: SpecDocument,
    lines: Lines,
  ): void {
    const range = new vscode.Range(lines.first - 1, 0, lines.last - 1, 0);
    let widget = widgets.get(thread.id);
    if (widget === undefined) {
      widget = this.#controller.createCommentThread(document.document.uri, range, []);
      widget.collapsibleState = thread.blocking
        ? vscode.CommentThreadCollapsibleState.Expanded
        : vscode.CommentThreadCollapsibleState.Collapsed;
      widgets.set(thread.id, widget);
    }
    const before = this.#shown.get(widget)?.thread;
    this.#shown.set(widget, { thread, document });
    widget.range = range;
    widget.label = thread.label;
    widget.contextValue = thread.may.join(" ");
    widget.state = thread.open
      ? vscode.CommentThreadState.Unresolved
      : vscode.CommentThreadState.Resolved;
    if (before === undefined || !sameRemarks(before.remarks, thread.remarks)) {
      widget.comments = thread.remarks.map(shownRemark);
    }
    if (before?.open === true && !thread.open) {
      widget.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
    }
  }

  #close(uri: vscode.Uri): void {
    for (const widget of this.#widgets.get(uri.toString())?.values() ?? []) {
      this.#shown.delete(widget); // A question about it may still be open: it is about nothing now.
      widget.dispose();
    }
    this.#widgets.delete(uri.toString());
    this.#outdated.delete(uri.toString());
    this.#told.delete(uri.toString());
  }

  // A new provider is what makes the editor ask again. It asked when the file was opened, when it
  // may not have been known yet to be a spec; without an answer it ignores clicks in the margin.
  #offerRanges(): void {
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: (document) => this.#rangesOf(document),
    };
  }

  #rangesOf(document: vscode.TextDocument): vscode.Range[] {
    const spec = this.#documents.get(document.uri);
    if (spec === undefined) return [];
    spec.table.setBuffer(document.getText());
    const ranges = commentable(spec);
    this.#told.set(document.uri.toString(), signature(ranges));
    return ranges.map(({ first, last }) => new vscode.Range(first - 1, 0, last - 1, 0));
  }
}

function commentable({ table, revision }: SpecDocument): readonly Lines[] {
  return table.commentable(revision);
}

function signature(ranges: readonly Lines[]): string {
  return ranges.map(({ first, last }) => `${first}-${last}`).join();
}

const WHOLE: AnchorLike = { revision: 0, firstLine: 0, lastLine: 0, quote: "", heading: "" };

function sameRemarks(a: readonly Remark[], b: readonly Remark[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (remark, i) =>
        remark.id === b[i]?.id && remark.text === b[i]?.text && remark.label === b[i]?.label,
    )
  );
}

function shownRemark(remark: Remark): ShownRemark {
  const body = new vscode.MarkdownString(remarkMarkdown(remark.text));
  body.isTrusted = false;
  body.supportHtml = false;
  return {
    id: remark.id,
    author: { name: remark.author },
    body,
    mode: vscode.CommentMode.Preview,
    contextValue: remark.draft ? "draft" : "",
    ...(remark.label === "" ? {} : { label: remark.label }),
    ...(remark.time === undefined ? {} : { timestamp: remark.time }),
  };
}
