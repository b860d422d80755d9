// The settings, and where a server may come from.
import * as vscode from "vscode";

import { isAddress, type Server } from "./connection/origin";
import { say } from "./say";

const DEFAULT_SERVER = "127.0.0.1:4283";
const ALLOWED_SERVERS = "gavel.allowedServers";

function setting<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration("gavel").get<T>(name) ?? otherwise;
}

/** Machine scope: a repository cannot name the program that is run. */
export const cliPath = (): string => setting("cliPath", "gavel") || "gavel";
export const area = (): string => setting("area", "");
export const isOnline = (): boolean => setting("online", false);
export const notifiesMyTurn = (): boolean => setting("notifyMyTurn", true);
export const showsClosedThreads = (): boolean => setting("showClosedThreads", true);

/**
 * Which server to talk to. One that only the workspace names is asked about: a repository must not
 * choose whom an editor talks to. Yes holds for good, no until the window is opened again.
 */
export class Servers {
  readonly #memory: vscode.Memento;
  // Many ask for the server at the same time; people are asked once.
  readonly #answers = new Map<string, Promise<boolean>>();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  async current(): Promise<Server> {
    const inspected = vscode.workspace.getConfiguration("gavel").inspect<string>("server");
    const ofUser = inspected?.globalValue || process.env["GAVEL_SERVER"] || DEFAULT_SERVER;
    const named = inspected?.workspaceFolderValue || inspected?.workspaceValue;
    const own = { address: ofUser, ofWorkspace: false };
    const asked = named && named !== ofUser && isAddress(named) && vscode.workspace.isTrusted;
    if (!asked) return own;
    return (await this.#mayUse(named, ofUser)) ? { address: named, ofWorkspace: true } : own;
  }

  #mayUse(named: string, otherwise: string): Promise<boolean> {
    let answer = this.#answers.get(named);
    if (answer === undefined) {
      answer = this.#allowed().includes(named)
        ? Promise.resolve(true)
        : this.#ask(named, otherwise);
      this.#answers.set(named, answer);
    }
    return answer;
  }

  async #ask(named: string, otherwise: string): Promise<boolean> {
    const use = "Use It";
    // The first one is what Enter chooses: it must not be the repository's wish.
    const keep = "Keep Mine";
    const answer = await say.askWarning(
      `This workspace names the spec server ${named}. Talk to it?`,
      `Otherwise ${otherwise} is used, and you are asked again when the window is opened again. ` +
        "Yes is remembered.",
      keep,
      use,
    );
    if (answer !== use) return false;
    await this.#memory.update(ALLOWED_SERVERS, [...this.#allowed(), named]);
    return true;
  }

  #allowed(): string[] {
    return this.#memory.get<string[]>(ALLOWED_SERVERS) ?? [];
  }
}

/** A person, for development servers. Never from a setting: a workspace could set one. */
export function developer(): string {
  return process.env["GAVEL_AS"] ?? "";
}
