// What people do with threads. Each writes through the server, then shows what the server made of
// it; a remark that could not be sent is kept as a draft, never lost.
import { Concern_Severity, type Gavel } from "@gavel/client";
import * as vscode from "vscode";

import type { AnchorLike } from "../anchors";
import { wordsOf } from "../connection/server";
import type { SpecDocument, SpecDocuments } from "../documents";
import type { Mirror } from "../model/mirror";
import { oneLine } from "../model/words";
import { say } from "../say";
import type { Shown, ShownRemark, Threads } from "./controller";
import { askForConcern, askForCriteria } from "./ask";
import type { Draft, Drafts } from "./drafts";

export class ThreadActions {
  readonly #mirror: Mirror;
  readonly #documents: SpecDocuments;
  readonly #threads: Threads;
  readonly #drafts: Drafts;

  constructor(mirror: Mirror, documents: SpecDocuments, threads: Threads, drafts: Drafts) {
    this.#mirror = mirror;
    this.#documents = documents;
    this.#threads = threads;
    this.#drafts = drafts;
  }

  register(): vscode.Disposable {
    const command = vscode.commands.registerCommand;
    return vscode.Disposable.from(
      command("gavel.reply", (reply: vscode.CommentReply) => this.#reply(reply)),
      command("gavel.raiseConcern", (reply: vscode.CommentReply) => this.#raise(reply)),
      command("gavel.saveDraft", (reply: vscode.CommentReply) => this.#keep(reply)),
      command("gavel.sendDrafts", (remark?: ShownRemark) => this.#sendDrafts(remark)),
      command("gavel.discardDraft", (remark: ShownRemark) => this.#discard(remark)),
      command("gavel.markAddressed", (reply: vscode.CommentReply) => this.#answer(reply)),
      command("gavel.resolveConcern", (widget: vscode.CommentThread) => this.#resolve(widget)),
      command("gavel.changeSeverity", (widget: vscode.CommentThread) => this.#makeBlocking(widget)),
      command("gavel.withdrawConcern", (widget: vscode.CommentThread) => this.#withdraw(widget)),
    );
  }

  async #reply({ thread: widget, text }: vscode.CommentReply): Promise<void> {
    const draft = await this.#draftOf(widget, text);
    if (draft === undefined) return;
    await this.#sendDraft(draft);
    this.#written(widget, draft.spec);
  }

  async #keep({ thread: widget, text }: vscode.CommentReply): Promise<void> {
    const draft = await this.#draftOf(widget, text);
    if (draft !== undefined) this.#written(widget, draft.spec);
  }

  // Kept before it is sent: whatever happens on the way, what somebody wrote is still there.
  async #draftOf(widget: vscode.CommentThread, text: string): Promise<Draft | undefined> {
    const shown = this.#threads.shown(widget);
    if (shown !== undefined) {
      const { thread } = shown;
      const anchor = thread.anchor === undefined ? {} : { anchor: thread.anchor };
      return this.#drafts.add({ spec: thread.spec, thread: thread.id, text, ...anchor });
    }
    const place = this.#newPlace(widget);
    if (place === undefined) return undefined;
    return this.#drafts.add({ spec: place.document.key, thread: "", text, anchor: place.anchor });
  }

  #newPlace(
    widget: vscode.CommentThread,
  ): { document: SpecDocument; anchor: AnchorLike } | undefined {
    const document = this.#documents.get(widget.uri);
    const anchor = document && this.#threads.anchorOfNew(widget, document);
    if (document !== undefined && anchor !== undefined) return { document, anchor };
    void say.warning(
      "This line is not in the submitted text yet, so nobody else could see what it is about. " +
        "Submit first, or remark on a line that was submitted.",
    );
    return undefined;
  }

  async #raise({ thread: widget, text }: vscode.CommentReply): Promise<void> {
    const place = this.#newPlace(widget);
    if (place === undefined) return;
    const { document, anchor } = place;
    const { key: spec } = document;
    // The editor empties the box either way; whoever thinks better of it still has the words.
    const draft = await this.#drafts.add({ spec, thread: "", text, anchor });
    const concern = await askForConcern(text);
    if (concern !== undefined) {
      await this.#drafts.send(draft, () =>
        this.#sent(spec, (gavel) => gavel.specs.raiseConcern({ spec, text, anchor, ...concern })),
      );
    }
    this.#written(widget, spec);
  }

  async #sendDrafts(remark?: ShownRemark): Promise<void> {
    const spec = this.#documents.active()?.key ?? "";
    const all = this.#documents.all().flatMap((document) => this.#drafts.of(document.key));
    const chosen =
      remark === undefined ? this.#drafts.of(spec) : all.filter((draft) => draft.id === remark.id);
    for (const draft of new Map(chosen.map((each) => [each.id, each])).values()) {
      if (!(await this.#sendDraft(draft))) return;
      this.#placeAll(draft.spec);
    }
  }

  async #discard(remark: ShownRemark): Promise<void> {
    const draft = this.#documents
      .all()
      .flatMap((document) => this.#drafts.of(document.key))
      .find((each) => each.id === remark.id);
    if (draft === undefined) return;
    await this.#drafts.remove(draft.id);
    this.#placeAll(draft.spec);
    // What somebody wrote is not lost to a slip on a small button.
    const undo = "Undo";
    if ((await say.info("The draft was discarded.", undo)) !== undo) return;
    await this.#drafts.restore(draft);
    this.#placeAll(draft.spec);
  }

  #sendDraft(draft: Draft): Promise<boolean> {
    return this.#drafts.send(draft, () =>
      this.#sent(draft.spec, (gavel) => this.#send(gavel, draft)),
    );
  }

  // The anchor is the thread's own, in lines of its revision, wherever the widget is by now.
  async #send(gavel: Gavel, draft: Draft): Promise<void> {
    const { id: requestId, spec, text, anchor } = draft;
    await gavel.specs.addComment({
      spec,
      text,
      requestId,
      inReplyTo: this.#rootOf(draft),
      ...(anchor === undefined ? {} : { anchor }),
    });
  }

  // A draft may answer a thread that was itself a draft: then it starts one.
  #rootOf({ spec, thread }: Draft): string {
    const detail = this.#mirror.detailOf(spec);
    const known = [...(detail?.spec.concerns ?? []), ...(detail?.comments ?? [])].some(
      (each) => each.id === thread,
    );
    return known ? thread : "";
  }

  async #answer({ thread: widget, text }: vscode.CommentReply): Promise<void> {
    await this.#onConcern(widget, text, (gavel, concern) =>
      gavel.specs.answerConcern({ ...concern, text }),
    );
  }

  async #resolve(widget: vscode.CommentThread): Promise<void> {
    const text = await vscode.window.showInputBox({
      title: `Resolve “${widget.label ?? ""}”`,
      prompt: "How it was resolved. May be empty.",
    });
    if (text === undefined) return;
    await this.#onConcern(widget, text, (gavel, concern) =>
      gavel.specs.resolveConcern({ ...concern, text }),
    );
  }

  async #withdraw(widget: vscode.CommentThread): Promise<void> {
    const text = await vscode.window.showInputBox({
      title: `Withdraw “${widget.label ?? ""}”`,
      prompt: "Why. May be empty.",
    });
    if (text === undefined) return;
    await this.#onConcern(widget, text, (gavel, concern) =>
      gavel.specs.withdrawConcern({ ...concern, text }),
    );
  }

  async #makeBlocking(widget: vscode.CommentThread): Promise<void> {
    const criteria = await askForCriteria();
    if (criteria === undefined) return;
    const severity = Concern_Severity.BLOCKING;
    await this.#onConcern(widget, "", (gavel, concern) =>
      gavel.specs.changeConcernSeverity({ ...concern, severity, criteria }),
    );
  }

  async #onConcern(
    widget: vscode.CommentThread,
    text: string,
    act: (gavel: Gavel, concern: { spec: string; concern: string }) => Promise<unknown>,
  ): Promise<void> {
    const shown: Shown | undefined = this.#threads.shown(widget);
    if (shown === undefined) return;
    const { spec, id } = shown.thread;
    const sent = await this.#sent(spec, (gavel) => act(gavel, { spec, concern: id }));
    if (!sent && text !== "") await this.#drafts.add({ spec, thread: id, text });
    this.#placeAll(spec);
  }

  // True where the server did it. Then what the server made of it is shown at once.
  async #sent(spec: string, write: (gavel: Gavel) => Promise<unknown>): Promise<boolean> {
    const { gavel } = this.#mirror;
    try {
      if (gavel === undefined) throw new Error("the server cannot be reached.");
      await write(gavel);
    } catch (error) {
      void say.error(`Not sent: ${oneLine(wordsOf(error))}`);
      return false;
    }
    await this.#mirror.refreshDetail(spec).catch(() => undefined); // Its event comes as well.
    return true;
  }

  // The box that was just written in makes room for the server's thread.
  #written(widget: vscode.CommentThread, spec: string): void {
    if (this.#threads.shown(widget) === undefined) widget.dispose();
    this.#placeAll(spec);
  }

  #placeAll(spec: string): void {
    for (const document of this.#documents.all()) {
      if (document.key === spec) this.#threads.place(document);
    }
  }
}
