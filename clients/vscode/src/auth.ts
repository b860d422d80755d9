// Tokens: one per server, in the editor's secret storage and nowhere else.
import * as vscode from "vscode";

import { openServer, wordsOf } from "./connection/server";
import { runCli } from "./cli";

export class Account {
  readonly #secrets: vscode.SecretStorage;
  readonly #userAgent: string;

  constructor(secrets: vscode.SecretStorage, userAgent: string) {
    this.#secrets = secrets;
    this.#userAgent = userAgent;
  }

  /** Empty where there is none. */
  async token(server: string): Promise<string> {
    return (await this.#secrets.get(keyOf(server))) ?? "";
  }

  /** Asks for a token, and keeps it if the server knows whose it is. True where it does. */
  async signIn(server: string): Promise<boolean> {
    const token = await this.#askForToken(server);
    if (!token) return false;
    try {
      const gavel = await openServer({
        address: server,
        token,
        as: "",
        userAgent: this.#userAgent,
      });
      const { principal } = await gavel.server.getServerInfo({});
      gavel.close();
      await this.#secrets.store(keyOf(server), token);
      void vscode.window.showInformationMessage(`Signed in to ${server} as @${principal}.`);
      return true;
    } catch (error) {
      void vscode.window.showErrorMessage(`Not signed in, and nothing was kept: ${wordsOf(error)}`);
      return false;
    }
  }

  async signOut(server: string): Promise<void> {
    await this.#secrets.delete(keyOf(server));
  }

  async #askForToken(server: string): Promise<string | undefined> {
    const paste = { label: "$(key) Paste a token", id: "paste" };
    const cli = {
      label: "$(terminal) Use the command line client's",
      description: "gavel auth token",
      id: "cli",
    };
    const choices = vscode.workspace.isTrusted ? [cli, paste] : [paste];
    const picked = await vscode.window.showQuickPick(choices, { title: `Sign in to ${server}` });
    if (picked?.id === "cli") return this.#tokenOfCli(server);
    if (picked?.id !== "paste") return undefined;
    const pasted = await vscode.window.showInputBox({
      title: `Sign in to ${server}`,
      prompt: "The token is kept in the editor's secret storage and sent to this server only.",
      password: true,
      ignoreFocusOut: true,
    });
    return pasted?.trim();
  }

  async #tokenOfCli(server: string): Promise<string | undefined> {
    const use = "Use It";
    const answer = await vscode.window.showInformationMessage(
      `Let the editor read the token that the command line client keeps for ${server}?`,
      { modal: true, detail: "A copy is kept in the editor's secret storage." },
      use,
    );
    if (answer !== use) return undefined;
    const { code, stdout, stderr } = await runCli(["auth", "token"], {
      env: { GAVEL_SERVER: server },
    });
    if (code === 0) return stdout.trim();
    void vscode.window.showErrorMessage(
      `The command line client has no token for ${server}: ${stderr.trim()}`,
    );
    return undefined;
  }
}

function keyOf(server: string): string {
  return `token ${server}`;
}
