// The real VS Code server of npm code-server, with the extension installed the way users do it.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { eventually } from "./eventually.js";
import { Process } from "./process.js";

const run = promisify(execFile);

// Nothing that moves, asks, or phones home while a test looks.
const quiet = {
  "chat.commandCenter.enabled": false,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.banner": "always",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "window.menuBarVisibility": "hidden",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export class VsCodeServer {
  #environment;
  #process;

  /** Base URL of the workbench. */
  url = "";

  constructor(environment) {
    this.#environment = environment;
  }

  get #folders() {
    const { root } = this.#environment;
    return [
      "--extensions-dir", join(root, "extensions"),
      "--server-data-dir", join(root, "vscode"),
    ];
  }

  get #program() {
    const { vscode } = this.#environment;
    return {
      node: join(vscode, "bin/node"),
      main: join(vscode, "node_modules/code-server/lib/vscode/out/server-main.js"),
    };
  }

  async installExtension(vsix) {
    const { node, main } = this.#program;
    const args = [main, "--install-extension", vsix, "--force", ...this.#folders];
    await run(node, args, { env: this.#environment.variables });
  }

  /** `settings` are the user's; `trusted: false` opens folders in restricted mode. */
  async start({ settings = {}, trusted = true, variables = {} } = {}) {
    const { root } = this.#environment;
    const user = join(root, "vscode/data/User");
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, "settings.json"), JSON.stringify({ ...quiet, ...settings }, null, 2));
    const { node, main } = this.#program;
    const log = join(root, "vscode.log");
    const args = [main, "--host", "127.0.0.1", "--port", "0", "--without-connection-token",
      "--accept-server-license-terms", "--telemetry-level", "off", ...this.#folders,
      ...(trusted ? ["--disable-workspace-trust"] : [])];
    writeFileSync(log, "");
    const env = { ...this.#environment.variables, ...variables };
    this.#process = new Process(node, args, { env, log });
    const port = await eventually("the VS Code server listens", () => {
      if (!this.#process.running) throw new Error(readFileSync(log, "utf8"));
      return /listening on (\d+)/.exec(readFileSync(log, "utf8"))?.[1];
    });
    this.url = `http://127.0.0.1:${port}`;
  }

  stop() {
    return this.#process?.stop();
  }
}
