// `gavel lsp`: findings, completion, hover, quick fixes, by the library that the server uses. Here
// are only its start and its verdict. It runs a program on the workspace, so it waits for trust.
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  MessageType,
  ShowMessageNotification,
  State,
  type DynamicFeature,
  type ErrorHandler,
  type StaticFeature,
} from "vscode-languageclient/node";

import { runCli } from "./cli";
import type { Server } from "./connection/origin";
import { Emitter } from "./emitter";
import { adviceHere } from "./model/advice";
import { say } from "./say";
import { area, cliPath, isOnline } from "./settings";
import type { VerdictNote } from "./views/status";

const MOST_RESTARTS = 3;
const FIRST_ANSWER_MS = 5_000;

export class Language implements vscode.Disposable {
  readonly verdictChanged = new Emitter<VerdictNote>();
  readonly #server: () => Promise<Server>;
  readonly #environment: () => Promise<Record<string, string>>;
  readonly #log: vscode.LogOutputChannel;
  readonly #verdicts = new Map<string, VerdictNote>();
  #client: LanguageClient | undefined;
  #told = false;

  constructor(
    server: () => Promise<Server>,
    environment: () => Promise<Record<string, string>>,
    log: vscode.LogOutputChannel,
  ) {
    this.#server = server;
    this.#environment = environment;
    this.#log = log;
  }

  verdictOf(uri: vscode.Uri): VerdictNote | undefined {
    return this.#verdicts.get(uri.toString());
  }

  /** Starts it, or starts it again with today's settings. Does nothing without trust. */
  async restart(): Promise<void> {
    await this.#stop();
    if (!vscode.workspace.isTrusted) return;
    if (!(await this.#isThere())) return;
    const environment = {
      ...process.env,
      ...(isOnline() ? await this.#environment() : {}),
    } as Record<string, string>;
    const client = new Client(
      "gavel",
      "Gavel",
      { command: cliPath(), args: ["lsp"], options: { env: environment } },
      {
        documentSelector: [{ scheme: "file", language: "markdown" }],
        initializationOptions: {
          online: isOnline(),
          server: (await this.#server()).address,
          area: area(),
          restricted: false,
        },
        outputChannel: this.#log,
        errorHandler: new CrashHandler(),
        initializationFailedHandler: () => false,
      },
    );
    client.onNotification("gavel/verdict", (note: VerdictNote) => this.#heard(note));
    // Instead of the library's own, which shows the words of a repository's files as they are.
    client.onNotification(ShowMessageNotification.type, ({ type, message }) => {
      void this.#tell(type, message);
    });
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      this.#failed(String(error));
    }
  }

  // Asked first: the client library would answer a missing program with a pop-up of its own.
  async #isThere(): Promise<boolean> {
    const { code, stderr } = await runCli(["lsp", "--help"]);
    if (code !== 0) this.#failed(stderr.trim());
    return code === 0;
  }

  /** Checks a document now, with the policy of now; undefined where nothing can check it. */
  check(uri: vscode.Uri): Promise<VerdictNote | undefined> {
    return this.#execute<VerdictNote>("gavel.check", uri);
  }

  /** Why the rules say what they say, in their words; one line per rule and reason. */
  async explain(uri: vscode.Uri): Promise<string | undefined> {
    return (await this.#execute<{ text: string }>("gavel.explain", uri))?.text;
  }

  async #execute<T>(command: string, uri: vscode.Uri): Promise<T | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) return undefined;
    const argument = { uri: client.code2ProtocolConverter.asUri(uri), quiet: true };
    try {
      const parameters = { command, arguments: [argument] };
      return (await client.sendRequest(ExecuteCommandRequest.type, parameters)) as T;
    } catch (error) {
      this.#log.info(`${command}: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    void this.#stop();
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#verdicts.clear();
    if (client?.needsStop())
      await client.stop().catch((error) => this.#log.warn(`gavel lsp: ${String(error)}`));
  }

  #heard(note: VerdictNote): void {
    // The server spells a URI its own way; the editor's spelling is what we look up.
    this.#verdicts.set(vscode.Uri.parse(note.uri).toString(), note);
    this.verdictChanged.fire(note);
  }

  async #tell(type: MessageType, message: string): Promise<void> {
    const kind = type === MessageType.Error ? "error" : "info";
    const { text, check } = adviceHere(message);
    const button = "Check";
    const shown = say[type === MessageType.Warning ? "warning" : kind];
    if ((await shown(text, ...(check ? [button] : []))) === button)
      await vscode.commands.executeCommand("gavel.check");
  }

  // Review works without it, so it is said once.
  #failed(reason: string): void {
    this.#log.error(`gavel lsp: ${reason}`);
    if (this.#told) return;
    this.#told = true;
    const set = "Set the Path";
    const what = `\`${cliPath()} lsp\` does not start, so specs are not checked while you type.`;
    void say.warning(what, set).then((answer) => {
      if (answer === set)
        void vscode.commands.executeCommand("workbench.action.openSettings", "gavel.cliPath");
    });
  }
}

// The server's commands bear names that are commands of the editor here, which call it themselves.
class Client extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const type = "registrationType" in feature ? feature.registrationType.method : "";
    if (type !== ExecuteCommandRequest.method) super.registerFeature(feature);
  }
}

// A server that came up once is started again, a few times. One that never did is not: it would end
// the same way, and the editor would say so each time.
class CrashHandler implements ErrorHandler {
  #restarts = 0;
  readonly #startedMs = Date.now();

  error() {
    return { action: ErrorAction.Continue, handled: true };
  }

  closed() {
    const cameUp = Date.now() - this.#startedMs > FIRST_ANSWER_MS;
    const again = cameUp && ++this.#restarts <= MOST_RESTARTS;
    return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
  }
}
