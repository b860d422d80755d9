// Notifications. Everything that is said to people goes through here: the words are often those of
// other people, and the editor makes links of them that run commands.
import * as vscode from "vscode";

import { oneLine, withoutLinks } from "./model/words";

const shown = (text: string): string => withoutLinks(oneLine(text));

/** Each answers with the button that was chosen. */
export const say = {
  info: (text: string, ...buttons: string[]) =>
    vscode.window.showInformationMessage(shown(text), ...buttons),
  warning: (text: string, ...buttons: string[]) =>
    vscode.window.showWarningMessage(shown(text), ...buttons),
  error: (text: string, ...buttons: string[]) =>
    vscode.window.showErrorMessage(shown(text), ...buttons),

  /** A dialog that has to be answered; undefined where it was not. */
  ask: (question: string, detail: string, ...buttons: string[]) =>
    vscode.window.showInformationMessage(shown(question), { modal: true, detail }, ...buttons),

  /** The same, for a question that a repository causes. */
  askWarning: (question: string, detail: string, ...buttons: string[]) =>
    vscode.window.showWarningMessage(shown(question), { modal: true, detail }, ...buttons),

  /** Says what is going on until `task` is done. */
  while: <T>(text: string, task: () => Promise<T>): Thenable<T> =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: shown(text) },
      task,
    ),
};
