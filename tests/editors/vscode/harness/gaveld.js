// A real gaveld with a state of its own, and the real gavel to look at it from outside the editor.
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { eventually } from "./eventually.js";
import { Process } from "./process.js";

const run = promisify(execFile);

const dayOne = "2026-11-23T08:00:00Z"; // A Monday.

export class Gaveld {
  #environment;
  #root;
  #process;

  /** `HOST:PORT`; the same one after a restart. */
  address = "";

  constructor(environment, root) {
    this.#environment = environment;
    this.#root = root;
  }

  async start() {
    const { bin, policy, variables } = this.#environment;
    const addressFile = join(this.#root, "address");
    rmSync(addressFile, { force: true });
    const args = ["--dev", "--dev-now", dayOne, "--policy", policy,
      "--listen", this.address || "127.0.0.1:0", "--state", join(this.#root, "state"),
      "--address-file", addressFile];
    this.#process = new Process(join(bin, "gaveld"), args,
      { env: variables, log: join(this.#root, "gaveld.log") });
    this.address = await eventually("gaveld listens", () =>
      existsSync(addressFile) && (readFileSync(addressFile, "utf8").trim() || false));
  }

  kill() {
    return this.#process.kill();
  }

  /** Runs `gavel WORDS…` as a person and gives its stdout; fails when gavel does. */
  async gavel(person, ...words) {
    const { bin, variables } = this.#environment;
    const env = { ...variables, GAVEL_SERVER: this.address, GAVEL_AS: person };
    const { stdout } = await run(join(bin, "gavel"), words, { env, cwd: this.#root });
    return stdout;
  }

  /** The same, as the API's message. */
  async ask(person, ...words) {
    return JSON.parse(await this.gavel(person, ...words, "--json"));
  }
}
