// Wiring. Start at connection/session.ts for how the editor follows the server, at anchors.ts for
// how threads follow the text.
import * as vscode from "vscode";

import { Account } from "./auth";
import { Opener } from "./commands/open";
import { registerCommands } from "./commands/register";
import { INITIAL, type ConnectionState } from "./connection/phase";
import { openServer, remedyOf, wordsOf } from "./connection/server";
import { Session } from "./connection/session";
import { SpecDocuments } from "./documents";
import { Language } from "./language";
import { Mirror } from "./model/mirror";
import { SnapshotStore } from "./model/store";
import { oneLine } from "./model/words";
import { registerRevisions } from "./revisions";
import { say } from "./say";
import { developer, notifiesMyTurn, Servers } from "./settings";
import { ThreadActions } from "./threads/actions";
import { Threads } from "./threads/controller";
import { Drafts } from "./threads/drafts";
import { registerUriHandler } from "./uri";
import { registerViews } from "./views/provider";
import { StatusBar } from "./views/statusBar";

let session: Session<unknown> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Gavel", { log: true });
  const version = (context.extension.packageJSON as { version: string }).version;
  const userAgent = `gavel-vscode/${version}`;
  const account = new Account(context.secrets, context.globalStorageUri.fsPath, userAgent);
  const servers = new Servers(context.globalState);
  const server = () => servers.current();
  const environment = async () => account.environment(await server());
  const store = async () => {
    const { address } = await server();
    return new SnapshotStore(
      context.globalStorageUri.fsPath,
      address,
      (await account.token(address)) || developer(),
    );
  };

  const mirror = new Mirror({
    store,
    log: (line) => log.warn(line),
    onMyTurn: (key) => tellTurn(mirror, key),
    open: async () => {
      const { address } = await server();
      const token = await account.token(address);
      const gavel = await openServer({ address, token, as: developer(), userAgent });
      return { gavel, server: address };
    },
  });
  let state: ConnectionState = INITIAL;
  let answered = () => {};
  const firstAnswer = new Promise<void>((resolve) => (answered = resolve));
  const connection = () => state;

  const drafts = new Drafts(context.workspaceState, () => mirror.lists);
  const documents = new SpecDocuments(mirror, environment);
  const threads = new Threads(mirror, documents, drafts);
  const language = new Language(server, environment, log);
  const opener = new Opener(mirror, documents, threads, () => firstAnswer);
  const verdictOf = (uri: vscode.Uri) => language.verdictOf(uri);
  const statusBar = new StatusBar({ mirror, documents, threads, drafts, connection, verdictOf });
  language.verdictChanged.on(() => statusBar.update());

  const live = new Session({
    link: mirror,
    remedyOf,
    wordsOf: (error) => oneLine(wordsOf(error)),
    random: Math.random,
    pause,
    onState: (next) => {
      const before = state;
      state = next;
      statusBar.update();
      if (next.phase !== "connecting") answered();
      if (next.phase !== before.phase) log.info(`${next.phase} ${next.reason}`);
      // Once, not at every attempt: the state machine stays there until somebody acts.
      if (next.phase === "signedOut" && before.phase !== "signedOut") askToSignIn(next.reason);
    },
  });
  session = live;

  const refresh = () => {
    live.kick();
  };
  context.subscriptions.push(
    log,
    documents,
    threads,
    language,
    statusBar,
    registerViews(mirror, connection),
    registerRevisions(mirror),
    registerUriHandler(opener),
    new ThreadActions(mirror, documents, threads, drafts).register(),
    registerCommands({
      account,
      mirror,
      documents,
      threads,
      language,
      opener,
      server,
      environment,
      firstAnswer: () => firstAnswer,
      refresh,
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void language.restart();
      refresh();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const ofLanguage = ["cliPath", "server", "area", "online"];
      if (ofLanguage.some((name) => event.affectsConfiguration(`gavel.${name}`)))
        void language.restart();
      if (event.affectsConfiguration("gavel.server")) {
        mirror.forget();
        void mirror.restore();
        refresh();
      }
    }),
  );

  await mirror.restore();
  void live.run();
  void documents.bindAll();
  void language.restart();
}

export function deactivate(): void {
  session?.stop();
}

function askToSignIn(reason: string): void {
  const signIn = "Sign In";
  void say.info(`Specs: ${reason}`, signIn).then((answer) => {
    if (answer === signIn) void vscode.commands.executeCommand("gavel.signIn");
  });
}

function tellTurn(mirror: Mirror, key: string): void {
  const spec = mirror.lists.specs.get(key);
  if (!notifiesMyTurn() || spec === undefined) return;
  const open = "Open";
  void say.info(`Your turn: ${key} ${oneLine(spec.title)}`, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand("gavel.openSpec", { spec: key });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
