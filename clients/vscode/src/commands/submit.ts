// Submit: the command line client knows git and what a submission is. Here people see first what
// would happen and who is told, and only then is anything sent.
import { basename, dirname } from "node:path";

import { fromJson, VerdictSchema, type Spec } from "@gavel/client";
import * as vscode from "vscode";

import { runCli, type CliResult } from "../cli";
import type { Mirror } from "../model/mirror";
import { oneLine, people } from "../model/words";

const STATE_REFUSES = 5;

export interface SubmitContext {
  readonly mirror: Mirror;
  readonly environment: () => Promise<Record<string, string>>;
  /** Looks again which open documents are specs. */
  readonly submitted: () => Promise<void>;
}

export async function submit(
  context: SubmitContext,
  document: vscode.TextDocument,
  key: string | undefined,
): Promise<void> {
  if (document.isDirty) await document.save();
  await submitWith(context, document, key, []);
}

async function submitWith(
  context: SubmitContext,
  document: vscode.TextDocument,
  key: string | undefined,
  extra: string[],
): Promise<void> {
  const name = basename(document.uri.fsPath);
  const run = (words: string[]) =>
    runGavel(context, document, ["submit", name, ...words, ...extra]);
  const preview = await withProgress(`Asking about ${name}…`, () => run(["--dry-run", "--json"]));
  if (preview.code > 1) return explainFailure(context, document, key, preview, extra);
  const send = "Submit";
  const answer = await vscode.window.showInformationMessage(
    `Submit ${name}?`,
    {
      modal: true,
      detail: [previewText(preview), await whoIsTold(context.mirror, key)]
        .filter(Boolean)
        .join("\n\n"),
    },
    send,
  );
  if (answer !== send) return;
  const done = await withProgress(`Submitting ${name}…`, () => run(["--yes", "--json"]));
  if (done.code > 1) return explainFailure(context, document, key, done, extra);
  await context.submitted();
  showResult(done);
}

async function runGavel(
  context: SubmitContext,
  document: vscode.TextDocument,
  words: string[],
): Promise<CliResult> {
  return runCli(words, { cwd: dirname(document.uri.fsPath), env: await context.environment() });
}

function withProgress<T>(title: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    task,
  );
}

// The client's own notes, and the verdict in its own words.
function previewText({ stdout, stderr }: CliResult): string {
  const notes = stderr
    .split("\n")
    .map(oneLine)
    .filter((line) => line !== "" && line !== "Nothing was changed.");
  return [...notes, verdictSummary(stdout)].filter(Boolean).join("\n");
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

async function explainFailure(
  context: SubmitContext,
  document: vscode.TextDocument,
  key: string | undefined,
  failed: CliResult,
  extra: string[],
): Promise<void> {
  const words =
    failed.stderr.split("\n").map(oneLine).filter(Boolean).slice(-2).join(" ") ||
    `gavel ended with ${failed.code}`;
  const commit = "Open Source Control";
  const dirty = "Send the Working Copy";
  const uncommitted = failed.code === STATE_REFUSES && /commit/.test(words) && extra.length === 0;
  const answer = await vscode.window.showErrorMessage(
    `Nothing was sent. ${words}`,
    ...(uncommitted ? [commit, dirty] : []),
  );
  if (answer === commit) await vscode.commands.executeCommand("workbench.view.scm");
  if (answer === dirty) await submitWith(context, document, key, ["--allow-dirty"]);
}

function showResult({ code, stdout, stderr }: CliResult): void {
  const said = stderr.split("\n").map(oneLine).filter(Boolean);
  const result = said.find((line) => /^[✓✗]/u.test(line)) ?? keyOf(stdout);
  const state = said[said.findIndex((line) => line === result) + 1] ?? "";
  const text = [result, state].filter(Boolean).join(". ");
  if (code === 0) void vscode.window.showInformationMessage(text);
  else void vscode.window.showWarningMessage(`${text} Its findings are under Problems.`);
}

function keyOf(stdout: string): string {
  try {
    return String((JSON.parse(stdout) as { key?: unknown }).key ?? "");
  } catch {
    return "";
  }
}
