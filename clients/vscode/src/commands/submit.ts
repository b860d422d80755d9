// Submit: the command line client knows git and what a submission is. Here people see first what
// would happen and who is told, and only then is anything sent.
import { basename, dirname } from "node:path";

import { fromJson, VerdictSchema, type Spec } from "@gavel/client";
import * as vscode from "vscode";

import { runCli, type CliResult } from "../cli";
import type { Mirror } from "../model/mirror";
import { oneLine, people } from "../model/words";
import { say } from "../say";

// Exit codes of the client: up to the first it did what was asked, the second is a refusal by the
// state of things, such as a file that is not committed.
const MOST_ANSWERS = 1;
const STATE_REFUSES = 5;

export interface SubmitContext {
  readonly mirror: Mirror;
  readonly environment: () => Promise<Record<string, string>>;
  /** Looks again which open documents are specs. */
  readonly submitted: () => Promise<void>;
}

interface Attempt {
  readonly context: SubmitContext;
  readonly document: vscode.TextDocument;
  /** Spec key; undefined for a new one. */
  readonly key: string | undefined;
  /** Further flags of `gavel submit`. */
  readonly flags: readonly string[];
}

export async function submit(
  context: SubmitContext,
  document: vscode.TextDocument,
  key: string | undefined,
): Promise<void> {
  if (document.isDirty) await document.save();
  await attempt({ context, document, key, flags: [] });
}

async function attempt(which: Attempt): Promise<void> {
  const { context, document, key } = which;
  const name = basename(document.uri.fsPath);
  const preview = await run(which, `Asking about ${name}…`, ["--dry-run", "--json"]);
  if (preview.code > MOST_ANSWERS) return explainFailure(which, "Nothing was sent.", preview);
  const detail = [previewText(preview, key), await whoIsTold(context.mirror, key)].join("\n\n");
  const send = "Submit";
  if ((await say.ask(`Submit ${name}?`, detail, send)) !== send) return;
  const done = await run(which, `Submitting ${name}…`, [
    "--yes",
    "--json=key,revision,explanation",
  ]);
  if (done.code > MOST_ANSWERS) return explainFailure(which, "Not submitted.", done);
  await context.submitted();
  showResult(done);
}

async function run({ context, document, flags }: Attempt, title: string, words: string[]) {
  const { fsPath } = document.uri;
  const env = await context.environment();
  return say.while(title, () =>
    runCli(["submit", basename(fsPath), ...words, ...flags], { cwd: dirname(fsPath), env }),
  );
}

// What the client remarked, and the verdict in its own words.
function previewText(result: CliResult, key: string | undefined): string {
  const remarks = remarksOf(result).filter((line) => line !== "Nothing was changed.");
  const what = key === undefined ? "A new spec." : `A new revision of ${key}.`;
  return [what, ...remarks.map(sentence), verdictSummary(result.stdout)].filter(Boolean).join("\n");
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

// Lines that the client writes for people, without its name in front.
function remarksOf({ stderr }: CliResult): string[] {
  const lines = stderr.split("\n").map((line) => oneLine(line).replace(/^gavel: /, ""));
  return lines.filter((line) => line !== "");
}

function verdictSummary(stdout: string): string {
  try {
    return oneLine(
      fromJson(VerdictSchema, JSON.parse(stdout), { ignoreUnknownFields: true }).summary,
    );
  } catch {
    return ""; // Nothing changed: then it is the spec.
  }
}

async function whoIsTold(mirror: Mirror, key: string | undefined): Promise<string> {
  const spec = key === undefined ? undefined : (await mirror.detail(key))?.spec;
  const names = spec === undefined ? [] : readersOf(spec);
  return names.length === 0
    ? "The reviewers of its area are told, unless a rule approves it."
    : `Told of it, unless a rule approves it: ${people(names)}.`;
}

function readersOf(spec: Spec): string[] {
  const assigned = spec.assignments.map((each) => each.person);
  const gates = spec.gates.flatMap((gate) => gate.people);
  return [...new Set([...assigned, ...gates, ...spec.requestedReviewers])];
}

async function explainFailure(which: Attempt, what: string, failed: CliResult): Promise<void> {
  const remarks = remarksOf(failed).slice(-2).map(sentence);
  const words = remarks.join(" ") || `gavel ended with ${failed.code}.`;
  const commit = "Open Source Control";
  const dirty = "Send the Working Copy";
  const uncommitted =
    failed.code === STATE_REFUSES && /commit/.test(words) && which.flags.length === 0;
  const choices = uncommitted ? [commit, dirty] : [];
  const answer = await say.error(`${what} ${words}`, ...choices);
  if (answer === commit) await vscode.commands.executeCommand("workbench.view.scm");
  if (answer === dirty) await attempt({ ...which, flags: ["--allow-dirty"] });
}

// The spec as the client prints it, with the server's sentence about its state.
function showResult({ code, stdout }: CliResult): void {
  let spec: { key?: string; revision?: number; explanation?: string } = {};
  try {
    spec = JSON.parse(stdout) as typeof spec;
  } catch {
    // The client's exit code says that it worked; what it printed only makes for more words.
  }
  const words = `${spec.key ?? "It"} revision ${spec.revision ?? ""}: ${spec.explanation ?? ""}`;
  if (code === 0) void say.info(oneLine(words));
  else void say.warning(`${oneLine(words)} See Problems.`);
}
