// The commands that are not about a thread (those are in threads/actions.ts).
import { basename, dirname } from "node:path";

import * as vscode from "vscode";

import type { AnchorLike } from "../anchors";
import type { Account } from "../auth";
import { runCli } from "../cli";
import type { Server } from "../connection/origin";
import type { SpecDocuments } from "../documents";
import type { Language } from "../language";
import type { Mirror } from "../model/mirror";
import { count, oneLine, withoutIcons } from "../model/words";
import { nextMeetings } from "../views/tree";
import { agendaUri, revisionOf } from "../revisions";
import { say } from "../say";
import { area } from "../settings";
import type { Threads } from "../threads/controller";
import { newSpec } from "./newSpec";
import type { Opener } from "./open";
import { takePosition } from "./position";
import { submit } from "./submit";

export interface CommandParts {
  readonly account: Account;
  readonly mirror: Mirror;
  readonly documents: SpecDocuments;
  readonly threads: Threads;
  readonly language: Language;
  readonly opener: Opener;
  readonly server: () => Promise<Server>;
  readonly environment: () => Promise<Record<string, string>>;
  /** The server answered, or it is known that it does not. */
  readonly firstAnswer: () => Promise<void>;
  /** Connects anew. */
  readonly refresh: () => void;
}

/** What an item of a view passes on. */
interface Target {
  readonly spec?: string;
  readonly meeting?: string;
}

export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { account, mirror, opener, refresh, server } = parts;
  const specOf = (target?: Target) => target?.spec ?? parts.documents.active()?.key;
  const commands: Record<string, (target?: Target) => unknown> = {
    signIn: async () => {
      if (await account.signIn(await server())) refresh();
    },
    signOut: async () => {
      await account.signOut((await server()).address);
      mirror.forget();
      refresh();
    },
    refresh,
    openSpec: (target) => opener.open(target?.spec),
    openRevision: (target) => {
      const key = specOf(target);
      return key === undefined ? opener.open() : opener.openRevision(key);
    },
    newSpec: () => newSpec(),
    check: () => check(parts),
    submit: () => submitActive(parts),
    takePosition: (target) => takePositionOn(parts, target),
    openPacket: (target) => openPacket(mirror, target),
    showOutdated: () => showOutdated(parts),
  };
  return vscode.Disposable.from(
    // Of the code lens alone, hence in no menu.
    vscode.commands.registerCommand("gavel.explain", (argument: { uri: string }) =>
      explain(parts, vscode.Uri.parse(argument.uri)),
    ),
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`gavel.${name}`, run),
    ),
  );
}

// The active text as a file on the disk; says what is missing otherwise.
function activeFile(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme === "file" && document.languageId === "markdown") return document;
  void say.info("Open the spec's Markdown file first.");
  return undefined;
}

// Fetches the policy of today where the server answers; checking itself needs no network.
async function check(parts: CommandParts): Promise<void> {
  const { language, environment, mirror, firstAnswer } = parts;
  const document = activeFile();
  if (document === undefined) return;
  await document.save();
  await firstAnswer();
  if (mirror.gavel !== undefined) {
    const { fsPath } = document.uri;
    const env = await environment();
    await runCli(["check", "--online", basename(fsPath)], { cwd: dirname(fsPath), env });
  }
  const note = await language.check(document.uri);
  if (note === undefined) {
    const why = "It needs the command line client, and a document with the front matter of a spec.";
    void say.warning(`This text was not checked. ${why}`);
    return;
  }
  if (note.errors + note.warnings > 0) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
  const counts = `${count(note.errors, "error")}, ${count(note.warnings, "warning")}.`;
  void say.info(`${counts} ${oneLine(note.summary)}`.trim());
}

// The line above a title was clicked.
async function explain({ language }: CommandParts, uri: vscode.Uri): Promise<void> {
  const text = await language.explain(uri);
  if (text === undefined) return;
  const summary = oneLine(language.verdictOf(uri)?.summary ?? "") || "Why";
  await say.ask(summary, text);
}

async function submitActive(parts: CommandParts): Promise<void> {
  const document = activeFile();
  if (document === undefined) return;
  const { mirror, environment, documents } = parts;
  const submitted = () => documents.bindAll();
  await submit({ mirror, environment, submitted }, document, documents.get(document.uri)?.key);
}

async function takePositionOn({ documents, mirror }: CommandParts, target?: Target): Promise<void> {
  const active = documents.active();
  const key = target?.spec ?? active?.key;
  if (key === undefined) {
    void say.info("Open a spec first, or choose one under Your turn.");
    return;
  }
  const read =
    target?.spec === undefined && active !== undefined
      ? revisionOf(active.document.uri)?.number
      : undefined;
  await takePosition(mirror, key, read);
}

async function openPacket(mirror: Mirror, target?: Target): Promise<void> {
  const meeting = target?.meeting ?? nextMeetings(mirror.lists.meetings, area())[0]?.id;
  if (meeting === undefined) return;
  const uri = agendaUri(meeting);
  await vscode.workspace.openTextDocument(uri);
  await vscode.commands.executeCommand("markdown.showPreview", uri);
}

async function showOutdated({ documents, threads, opener }: CommandParts): Promise<void> {
  const active = documents.active();
  const outdated = active === undefined ? [] : threads.outdated(active);
  if (active === undefined || outdated.length === 0) {
    void say.info("Every thread of this text is shown beside it.");
    return;
  }
  const items = outdated.map((thread) => ({
    label: withoutIcons(thread.label),
    description: anchorWords(thread.anchor),
    detail: withoutIcons(oneLine(thread.remarks[0]?.text.split("\n")[0] ?? "")),
    thread,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Outdated: their lines are gone from this text",
    placeHolder: "Show it in the text it was written on",
  });
  if (picked !== undefined)
    await opener.openRevision(active.key, picked.thread.anchor?.revision, picked.thread.id);
}

function anchorWords(anchor: AnchorLike | undefined): string {
  return anchor === undefined ? "" : `revision ${anchor.revision}, line ${anchor.firstLine}`;
}
