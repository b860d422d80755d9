// The status bar item and the context keys that menus and welcome views look at.
import * as vscode from "vscode";

import { canWrite, type ConnectionState } from "../connection/phase";
import type { SpecDocument, SpecDocuments } from "../documents";
import type { Mirror } from "../model/mirror";
import { isOpenConcern } from "../model/words";
import { Concern_Severity } from "@gavel/client";
import type { Drafts } from "../threads/drafts";
import type { Threads } from "../threads/controller";
import { statusOf, type ActiveSpec, type VerdictNote } from "./status";

export interface StatusSources {
  readonly mirror: Mirror;
  readonly documents: SpecDocuments;
  readonly threads: Threads;
  readonly drafts: Drafts;
  readonly connection: () => ConnectionState;
  readonly verdictOf: (uri: vscode.Uri) => VerdictNote | undefined;
}

export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    "gavel.status",
    vscode.StatusBarAlignment.Left,
    90,
  );
  readonly #sources: StatusSources;
  readonly #disposables: vscode.Disposable[];

  constructor(sources: StatusSources) {
    this.#sources = sources;
    this.#item.name = "Specs";
    this.#disposables = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      new vscode.Disposable(sources.threads.placed.on(() => this.update())),
      new vscode.Disposable(sources.mirror.listsChanged.on(() => this.update())),
    ];
    this.update();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  update(): void {
    const { connection, documents, verdictOf } = this.#sources;
    const state = connection();
    const document = documents.active();
    const active = document && this.#activeOf(document);
    const uri = documents.activeText()?.uri;
    const status = statusOf(state, active, uri && verdictOf(uri));
    this.#publish(state, document, active);
    if (status === undefined) return this.#item.hide();
    this.#item.text = status.text;
    this.#item.tooltip = status.tooltip;
    this.#item.command = status.command;
    this.#item.backgroundColor = status.warning
      ? new vscode.ThemeColor("statusBarItem.warningBackground")
      : undefined;
    this.#item.show();
  }

  #activeOf(document: SpecDocument): ActiveSpec | undefined {
    const detail = this.#sources.mirror.detailOf(document.key);
    if (detail === undefined) return undefined;
    const open = detail.spec.concerns.filter(isOpenConcern);
    return {
      key: document.key,
      openConcerns: open.length,
      blocking: open.filter((concern) => concern.severity === Concern_Severity.BLOCKING).length,
      outdated: this.#sources.threads.outdated(document).length,
      drafts: this.#sources.drafts.of(document.key).length,
      stateText: detail.explain.stateText,
    };
  }

  #publish(
    state: ConnectionState,
    document: SpecDocument | undefined,
    active: ActiveSpec | undefined,
  ): void {
    const detail = document && this.#sources.mirror.detailOf(document.key);
    const file = this.#sources.documents.activeText();
    const isLocalText = file?.uri.scheme === "file" && file.languageId === "markdown";
    const isSpecLike =
      isLocalText && (document !== undefined || /^\uFEFF?---\r?\n/.test(file.getText(FIRST_LINES)));
    const contexts: Record<string, unknown> = {
      phase: state.phase,
      signedIn: this.#sources.mirror.lists.me !== "",
      canWrite: canWrite(state),
      activeSpec: document?.key ?? "",
      activeDocument: isSpecLike ? "local" : document === undefined ? "" : "revision",
      mayTakePosition: detail?.explain.allowed.includes("TakePosition") ?? false,
      hasOutdated: (active?.outdated ?? 0) > 0,
      hasDrafts: (active?.drafts ?? 0) > 0,
    };
    for (const [name, value] of Object.entries(contexts)) this.#set(name, value);
  }

  readonly #last = new Map<string, unknown>();

  #set(name: string, value: unknown): void {
    if (this.#last.has(name) && this.#last.get(name) === value) return;
    this.#last.set(name, value);
    void vscode.commands.executeCommand("setContext", `gavel.${name}`, value);
  }
}

const FIRST_LINES = new vscode.Range(0, 0, 2, 0);
