// Tokens: one per server, in the editor's secret storage and nowhere else.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as vscode from "vscode";

import { environmentFor, type Server } from "./connection/origin";
import { openServer, wordsOf } from "./connection/server";
import { runCli } from "./cli";
import { say } from "./say";

// Exit code of the client: sign in first.
const NO_TOKEN = 4;

export class Account {
  readonly #secrets: vscode.SecretStorage;
  readonly #noToken: string;
  readonly #userAgent: string;

  /** `folder`: the extension's own, for an empty file. */
  constructor(secrets: vscode.SecretStorage, folder: string, userAgent: string) {
    this.#noToken = join(folder, "no-token");
    this.#secrets = secrets;
    this.#userAgent = userAgent;
  }

  /** Empty where there is none. */
  async token(server: string): Promise<string> {
    return (await this.#secrets.get(keyOf(server))) ?? "";
  }

  /** What makes the command line client ask the same server as the same person. */
  async environment(server: Server): Promise<Record<string, string>> {
    return this.#environment(server, await this.token(server.address));
  }

  async #environment(server: Server, token: string): Promise<Record<string, string>> {
    if (server.ofWorkspace && token === "") {
      await mkdir(dirname(this.#noToken), { recursive: true });
      await writeFile(this.#noToken, "", { mode: 0o600 });
    }
    return environmentFor(server, token, this.#noToken);
  }

  /** Asks for a token, and keeps it if the server knows whose it is. True where it does. */
  async signIn(server: Server): Promise<boolean> {
    const token = await this.#askForToken(server);
    if (!token) return false;
    const { address } = server;
    try {
      const gavel = await openServer({
        address,
        token,
        as: "",
        userAgent: this.#userAgent,
      });
      const { principal } = await gavel.server.getServerInfo({});
      gavel.close();
      await this.#secrets.store(keyOf(address), token);
      void say.info(`Signed in to ${address} as @${principal}.`);
      return true;
    } catch (error) {
      void say.error(`Not signed in, and nothing was kept: ${wordsOf(error)}`);
      return false;
    }
  }

  async signOut(server: string): Promise<void> {
    await this.#secrets.delete(keyOf(server));
  }

  async #askForToken(server: Server): Promise<string | undefined> {
    const paste = { label: "$(key) Paste a token", id: "paste" };
    const cli = {
      label: "$(terminal) Use the command line client's",
      description: "gavel auth token",
      id: "cli",
    };
    const choices = vscode.workspace.isTrusted ? [cli, paste] : [paste];
    const title = `Sign in to ${server.address}`;
    const picked = await vscode.window.showQuickPick(choices, { title });
    if (picked?.id === "cli") return this.#tokenOfCli(server);
    if (picked?.id !== "paste") return undefined;
    const pasted = await vscode.window.showInputBox({
      title,
      prompt: "The token is kept in the editor's secret storage and sent to this server only.",
      password: true,
      ignoreFocusOut: true,
    });
    return pasted?.trim();
  }

  async #tokenOfCli(server: Server): Promise<string | undefined> {
    const { address } = server;
    const use = "Use It";
    const answer = await say.ask(
      `Let the editor read the token that the command line client keeps for ${address}?`,
      "A copy is kept in the editor's secret storage.",
      use,
    );
    if (answer !== use) return undefined;
    // GAVEL_AS would make it a development server's, which has no tokens.
    const env = { ...(await this.#environment(server, "")), GAVEL_AS: "" };
    const { code, stdout, stderr } = await runCli(["auth", "token"], { env });
    if (code === 0) return stdout.trim();
    if (code === NO_TOKEN) {
      void say.error(
        `The command line client has no token for ${address}. ` +
          "Run `gavel auth login` in a terminal, then sign in here again.",
      );
    } else {
      void say.error(`The command line client did not answer: ${stderr}`);
    }
    return undefined;
  }
}

function keyOf(server: string): string {
  return `token ${server}`;
}
