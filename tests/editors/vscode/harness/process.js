// A program that the tests start, and end without fail.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";

// A test that is ended from outside leaves nothing running.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

export class Process {
  #child;
  #exited;

  /** Starts `command`; what it prints goes to the end of the file `log`. */
  constructor(command, args, { env, cwd, log }) {
    this.#child = spawn(command, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    this.#exited = once(this.#child, "exit");
    running.add(this.#child);
    this.#child.on("exit", () => running.delete(this.#child));
    const output = createWriteStream(log, { flags: "a" });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.pipe(output, { end: false });
    }
  }

  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** SIGKILL: what a power cut leaves of a process. */
  async kill() {
    if (this.running) this.#child.kill("SIGKILL");
    await this.#exited;
  }

  /** SIGTERM, and SIGKILL for one that does not listen. */
  async stop({ patienceMs = 5_000 } = {}) {
    if (this.running) this.#child.kill("SIGTERM");
    const force = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs);
    await this.#exited;
    clearTimeout(force);
  }
}
