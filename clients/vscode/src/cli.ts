// The command line client as a child process. It knows git, the template and the rules; the editor
// does not. Only trusted workspaces get here.
import { execFile } from "node:child_process";

import { cliPath } from "./settings";

export interface CliResult {
  /** As in the table of `gavel --help`; 127 where there is no such program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** On top of the editor's own environment. */
  readonly env?: Record<string, string>;
}

const TIMEOUT_MS = 60_000;
const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;
const NOT_FOUND = 127;

export function runCli(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = { ...process.env, NO_COLOR: "1", ...options.env };
  const { cwd } = options;
  return new Promise((resolve) => {
    const settings = { cwd, env, timeout: TIMEOUT_MS, maxBuffer: MOST_OUTPUT_BYTES };
    const child = execFile(cliPath(), [...words], settings, (error, stdout, stderr) => {
      const missing = error !== null && (error as NodeJS.ErrnoException).code === "ENOENT";
      const code = missing ? NOT_FOUND : (child.exitCode ?? (error === null ? 0 : 1));
      const said = missing ? `There is no program \`${cliPath()}\`. Set gavel.cliPath.` : stderr;
      resolve({ code, stdout, stderr: said });
    });
    // Nothing is ever asked on a pipe; a program that reads anyway sees the end.
    child.stdin?.end();
  });
}
