// A real git repository for the editor to open.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export class Repository {
  #variables;

  constructor(environment, name, { remote = `https://github.com/acme/${name}.git` } = {}) {
    this.#variables = environment.variables;
    this.folder = join(environment.root, "repositories", name);
    mkdirSync(this.folder, { recursive: true });
    this.git("init", "-q", "-b", "main");
    this.git("config", "user.name", "Ana Ruiz");
    this.git("config", "user.email", "ana@example.org");
    this.git("remote", "add", "origin", remote);
  }

  git(...words) {
    return execFileSync("git", words, { cwd: this.folder, env: this.#variables, encoding: "utf8" });
  }

  /** Writes a file without committing it. */
  write(path, text) {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  read(path) {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Commits everything. */
  commit(message = "Change specs") {
    this.git("add", "-A");
    this.git("commit", "-q", "-m", message);
  }
}
