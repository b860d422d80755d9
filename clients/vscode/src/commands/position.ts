// Take a position on the revision that was read.
import { Position_Kind } from "@gavel/client";
import * as vscode from "vscode";

import { wordsOf } from "../connection/server";
import type { Mirror } from "../model/mirror";
import { currentRevision, isSameAccount } from "../model/lists";
import { oneLine, positionWord } from "../model/words";
import { say } from "../say";

interface Choice extends vscode.QuickPickItem {
  readonly position: Position_Kind;
  readonly asksConditions: boolean;
  readonly asksWhy: boolean;
}

function choices(): Choice[] {
  const choice = (
    position: Position_Kind,
    icon: string,
    description: string,
    more: Partial<Choice> = {},
  ): Choice => ({
    label: `$(${icon}) ${positionWord(position)}`,
    description,
    position,
    asksConditions: false,
    asksWhy: false,
    ...more,
  });
  return [
    choice(Position_Kind.APPROVE, "thumbsup", "counts towards the quorum"),
    choice(Position_Kind.APPROVE, "checklist", "approve; what has to hold becomes a condition", {
      label: "$(checklist) Yes, if…",
      asksConditions: true,
    }),
    choice(Position_Kind.NO_OBJECTION, "pass", "answered; does not count towards the quorum"),
    choice(Position_Kind.NEEDS_DISCUSSION, "comment-discussion", "wants the room", {
      asksWhy: true,
    }),
    choice(Position_Kind.ABSTAIN, "circle-slash", "answered without an opinion"),
    choice(Position_Kind.RECUSE, "circle-outline", "must not decide this one", { asksWhy: true }),
  ];
}

/** `read`: the revision on the screen; else the newest. */
export async function takePosition(mirror: Mirror, key: string, read?: number): Promise<void> {
  const detail = await mirror.detail(key);
  if (detail === undefined || mirror.gavel === undefined) return;
  const asked = mirror.lists;
  if (!detail.explain.allowed.includes("TakePosition")) {
    const why = oneLine(detail.explain.stateText);
    void say.info(`${key} asks for no position of yours now. ${why}`);
    return;
  }
  const revision = read ?? currentRevision(detail.spec);
  const title = `${key} revision ${revision}: your position`;
  const choice = await vscode.window.showQuickPick(choices(), {
    title,
    placeHolder: oneLine(detail.spec.title),
  });
  if (choice === undefined) return;
  const conditions = choice.asksConditions ? await askConditions(title) : [];
  const text = conditions && (await askWhy(title, choice.asksWhy));
  if (conditions === undefined || text === undefined) return;
  try {
    const { gavel, lists } = mirror; // As they are now: people take their time.
    if (gavel === undefined) throw new Error("the server cannot be reached.");
    if (!isSameAccount(asked, lists)) throw new Error("the server or the person is another one.");
    await gavel.specs.takePosition({
      spec: key,
      revision,
      kind: choice.position,
      conditions,
      text,
    });
    const after = await mirror.refreshDetail(key);
    void say.info(
      `${key}: ${positionText(choice, conditions)}. ${oneLine(after.explain.stateText)}`,
    );
  } catch (error) {
    void say.error(`No position was taken: ${oneLine(wordsOf(error))}`);
  }
}

function positionText(choice: Choice, conditions: readonly string[]): string {
  return conditions.length > 0
    ? `yes, if ${conditions.map(oneLine).join("; and if ")}`
    : positionWord(choice.position);
}

// One after the other until an empty one; undefined where somebody changed their mind.
async function askConditions(title: string): Promise<string[] | undefined> {
  const conditions: string[] = [];
  for (;;) {
    const first = conditions.length === 0;
    const condition = await vscode.window.showInputBox({
      title,
      prompt: first ? "Yes, if … what has to hold?" : "And if … Leave it empty to go on.",
      ignoreFocusOut: true,
      validateInput: (value) =>
        first && value.trim() === "" ? "Say what has to hold." : undefined,
    });
    if (condition === undefined) return undefined;
    if (condition.trim() === "") return conditions;
    conditions.push(condition.trim());
  }
}

function askWhy(title: string, needed: boolean): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: needed ? "Why, in a sentence." : "In your words. May be empty.",
    ignoreFocusOut: true,
    validateInput: (value) =>
      needed && value.trim() === "" ? "Say why, in a sentence." : undefined,
  });
}
