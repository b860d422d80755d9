// Questions that a concern needs answered.
import { Concern_Severity } from "@gavel/client";
import * as vscode from "vscode";

import { oneLine } from "../model/words";

export interface NewConcern {
  readonly title: string;
  readonly severity: Concern_Severity;
  readonly criteria: string;
}

/** How serious, its name and its criteria; undefined where somebody changed their mind. */
export async function askForConcern(text: string): Promise<NewConcern | undefined> {
  const choices = [
    {
      label: "$(question) Question",
      description: "wants an answer",
      severity: Concern_Severity.QUESTION,
    },
    {
      label: "$(warning) Blocking",
      description: "the spec must not pass before it is resolved",
      severity: Concern_Severity.BLOCKING,
    },
    { label: "$(note) Note", description: "for the record", severity: Concern_Severity.NOTE },
  ];
  const picked = await vscode.window.showQuickPick(choices, { title: "How serious is it?" });
  if (picked === undefined) return undefined;
  const title = await vscode.window.showInputBox({
    title: "A short name for it",
    prompt: "What people call it: “key rotation”. Unique within the spec.",
    value: oneLine(text).split(/[.?!]/)[0]?.slice(0, 40) ?? "",
    validateInput: (value) => (value.trim() === "" ? "It needs a name." : undefined),
  });
  if (title === undefined) return undefined;
  const criteria = picked.severity === Concern_Severity.BLOCKING ? await askForCriteria() : "";
  return criteria === undefined
    ? undefined
    : { title: title.trim(), severity: picked.severity, criteria };
}

/** What would resolve a blocking concern. */
export function askForCriteria(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "Make it blocking",
    prompt: "Done when … What would resolve it, so that the author knows?",
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === "" ? "A blocking concern says what would resolve it." : undefined,
  });
}
