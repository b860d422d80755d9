// Everything that one test needs: gaveld, a repository, the VS Code server and a browser on it.
// What went wrong is left beside the pictures: what the person saw, the trace and the logs.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { prepareEnvironment } from "./environment.js";
import { Gaveld } from "./gaveld.js";
import { Repository } from "./repository.js";
import { VsCodeServer } from "./vscode_server.js";
import { Workbench } from "./workbench.js";

const browserArguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export class Session {
  environment = prepareEnvironment();
  gaveld = new Gaveld(this.environment, this.environment.root);
  #server = new VsCodeServer(this.environment);
  #browser;
  #context;
  /** The workbench that is open. */
  editor;

  /** gaveld listens and the extension is installed; nothing is open yet. */
  static async start() {
    const session = new Session();
    try {
      await session.gaveld.start();
      const { extension } = session.environment;
      if (extension) await session.#server.installExtension(extension);
    } catch (error) {
      await session.end();
      throw error;
    }
    return session;
  }

  repository(name, options) {
    return new Repository(this.environment, name, options);
  }

  /**
   * Opens a folder in a fresh VS Code and returns its workbench. `settings` are the user's,
   * `trusted: false` is restricted mode, `variables` are added to the editor's environment.
   */
  async open(folder, { settings = {}, trusted = true, variables = {} } = {}) {
    await this.#close();
    await this.#server.start({ settings, trusted, variables });
    this.#browser = await chromium.launch({
      executablePath: "/usr/bin/chromium", args: browserArguments,
      env: this.environment.variables,
    });
    this.#context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 } });
    this.#context.setDefaultTimeout(30_000);
    await this.#context.tracing.start({ snapshots: true });
    this.editor = new Workbench(await this.#context.newPage());
    await this.editor.open(this.#server.url, folder);
    return this.editor;
  }

  /** A picture of the workbench for people to look at, `NAME.png`. */
  async picture(name) {
    const { pictures } = this.environment;
    mkdirSync(pictures, { recursive: true });
    await this.editor.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  /** Runs a test's steps; when they fail, keeps what helps to see why. */
  async during(name, steps) {
    try {
      return await steps();
    } catch (error) {
      await this.#keepEvidence(name).catch((lost) => console.error(`no evidence: ${lost}`));
      throw error;
    }
  }

  async #keepEvidence(name) {
    const { root, pictures } = this.environment;
    const folder = join(pictures, `failed-${name.replace(/\W+/g, "-")}`);
    mkdirSync(folder, { recursive: true });
    for (const log of ["gaveld.log", "vscode.log", "vscode/data/logs"]) {
      if (!existsSync(join(root, log))) continue;
      cpSync(join(root, log), join(folder, log), { recursive: true });
    }
    await this.editor?.page.screenshot({ path: join(folder, "screen.png") });
    await this.#context?.tracing.stop({ path: join(folder, "trace.zip") });
    console.error(`what went wrong is in ${folder}`);
  }

  async #close() {
    await this.#browser?.close();
    await this.#server.stop();
  }

  async end() {
    await this.#close();
    await this.gaveld.kill();
    rmSync(this.environment.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
