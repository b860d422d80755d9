// Which open documents are which specs, and the anchor table of each.
import { basename, dirname } from "node:path";

import type { Spec } from "@gavel/client";
import * as vscode from "vscode";

import { AnchorTable, isMostly } from "./anchors";
import { runCli } from "./cli";
import { Emitter } from "./emitter";
import { keyInFrontMatter } from "./frontMatter";
import type { Detail } from "./model/detail";
import type { Mirror } from "./model/mirror";
import { currentRevision } from "./model/lists";
import { revisionOf } from "./revisions";

const DEBOUNCE_MS = 150;

/** An open document that is a spec of the server. */
export interface SpecDocument {
  readonly document: vscode.TextDocument;
  readonly key: string;
  /** False for a submitted text. */
  readonly local: boolean;
  /** The revision that new remarks speak of. */
  revision: number;
  readonly table: AnchorTable;
}

export class SpecDocuments implements vscode.Disposable {
  /** A document became a spec, its text changed, or what is known of its spec did. */
  readonly changed = new Emitter<SpecDocument>();
  readonly closed = new Emitter<vscode.Uri>();
  readonly #mirror: Mirror;
  readonly #environment: () => Promise<Record<string, string>>;
  readonly #open = new Map<string, SpecDocument>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #disposables: vscode.Disposable[];
  #lastActive: vscode.TextDocument | undefined;

  /** `environment`: what makes the command line client ask the same server as the same person. */
  constructor(mirror: Mirror, environment: () => Promise<Record<string, string>>) {
    this.#mirror = mirror;
    this.#environment = environment;
    this.#disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => void this.#bind(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#unbind(document.uri)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#typed(event.document)),
      vscode.workspace.onDidSaveTextDocument((document) => void this.#saved(document)),
      new vscode.Disposable(mirror.detailChanged.on((detail) => this.#specChanged(detail))),
      new vscode.Disposable(mirror.forgotten.on(() => this.#unbindAll())),
      new vscode.Disposable(mirror.listsChanged.on(() => void this.bindAll())),
    ];
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  get(uri: vscode.Uri): SpecDocument | undefined {
    return this.#open.get(uri.toString());
  }

  all(): SpecDocument[] {
    return [...this.#open.values()];
  }

  active(): SpecDocument | undefined {
    const document = this.activeText();
    return document === undefined ? undefined : this.get(document.uri);
  }

  /** The text that people look at: also while they write a remark on it. */
  activeText(): vscode.TextDocument | undefined {
    const active = vscode.window.activeTextEditor?.document;
    // The box of a remark is an editor as well.
    if (active?.uri.scheme !== "comment") this.#lastActive = active;
    return this.#lastActive?.isClosed === true ? undefined : this.#lastActive;
  }

  /** Looks again at open documents that are no spec yet: one may just have been submitted. */
  async bindAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (this.get(document.uri) === undefined) await this.#bind(document);
    }
  }

  async #bind(document: vscode.TextDocument): Promise<void> {
    const revision = revisionOf(document.uri);
    const key = revision?.key ?? (await this.#keyOf(document));
    if (key === undefined || document.isClosed || this.get(document.uri) !== undefined) return;
    const detail = await this.#mirror.detail(key);
    if (detail === undefined || document.isClosed || this.get(document.uri) !== undefined) return;
    const spec: SpecDocument = {
      document,
      key,
      local: revision === undefined,
      revision: revision?.number ?? currentRevision(detail.spec),
      table: new AnchorTable(document.getText()),
    };
    if (revision !== undefined) spec.table.addRevision(revision.number, document.getText());
    this.#open.set(document.uri.toString(), spec);
    this.#learn(spec, detail);
    this.changed.fire(spec);
  }

  #unbind(uri: vscode.Uri): void {
    clearTimeout(this.#timers.get(uri.toString()));
    if (this.#open.delete(uri.toString())) this.closed.fire(uri);
  }

  // They are specs of another server now, if they are any.
  #unbindAll(): void {
    for (const { document } of this.all()) this.#unbind(document.uri);
  }

  // Typing is frequent, a diff is not free: places follow a moment later.
  #typed(document: vscode.TextDocument): void {
    const spec = this.get(document.uri);
    if (spec === undefined) return;
    const id = document.uri.toString();
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.#remap(spec), DEBOUNCE_MS),
    );
  }

  async #saved(document: vscode.TextDocument): Promise<void> {
    const spec = this.get(document.uri);
    if (spec === undefined) return this.#bind(document);
    this.#remap(spec);
  }

  #remap(spec: SpecDocument): void {
    spec.table.setBuffer(spec.document.getText());
    this.changed.fire(spec);
  }

  #specChanged(detail: Detail): void {
    for (const spec of this.#open.values()) {
      if (spec.key !== detail.spec.key) continue;
      this.#learn(spec, detail);
      this.changed.fire(spec);
    }
  }

  #learn(spec: SpecDocument, detail: Detail): void {
    for (const [number, text] of detail.texts) {
      if (!spec.table.hasRevision(number)) spec.table.addRevision(number, text);
    }
    if (spec.local) spec.revision = currentRevision(detail.spec);
  }

  // The key in the file; else what the text itself or git says.
  async #keyOf(document: vscode.TextDocument): Promise<string | undefined> {
    if (document.uri.scheme !== "file" || document.languageId !== "markdown") return undefined;
    const key = keyInFrontMatter(document.getText());
    if (key !== undefined) return key;
    const path = document.uri.fsPath;
    const specs = [...this.#mirror.lists.specs.values()];
    const candidates = specs.filter((spec) => path.endsWith(`/${spec.path}`));
    if (candidates.length === 0) return undefined;
    return (await this.#keyByText(document, candidates)) ?? this.#keyByGit(path);
  }

  // What git says of it, which only a trusted workspace may make us ask; needs the server.
  async #keyByGit(path: string): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted || this.#mirror.gavel === undefined) return undefined;
    const { code, stdout } = await runCli(["which", basename(path)], {
      cwd: dirname(path),
      env: await this.#environment(),
    });
    const fact = stdout.split("\n").find((line) => line.startsWith("spec\t"));
    const found = fact?.split("\t")[1] ?? "";
    return code === 0 && this.#mirror.lists.specs.has(found) ? found : undefined;
  }

  // The one spec at this path whose submitted text it still mostly is.
  async #keyByText(document: vscode.TextDocument, candidates: Spec[]): Promise<string | undefined> {
    const text = document.getText();
    const alike: string[] = [];
    for (const { key } of candidates) {
      const detail = await this.#mirror.detail(key);
      const submitted = detail?.texts.get(currentRevision(detail.spec));
      if (submitted !== undefined && isMostly(text, submitted)) alike.push(key);
    }
    return alike.length === 1 ? alike[0] : undefined;
  }
}
