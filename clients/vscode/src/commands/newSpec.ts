// A new spec from the template, by the command line client.
import * as vscode from "vscode";

import { runCli } from "../cli";
import { oneLine } from "../model/words";
import { say } from "../say";

export async function newSpec(): Promise<void> {
  const folder = await chooseFolder();
  const title =
    folder &&
    (await vscode.window.showInputBox({
      title: "New spec",
      prompt: "What is it about? A title in a few words.",
      validateInput: (value) => (value.trim() === "" ? "It needs a title." : undefined),
    }));
  if (folder === undefined || title === undefined) return;
  const { code, stdout, stderr } = await runCli(["new", title.trim()], { cwd: folder.uri.fsPath });
  // The path is the result; notes go elsewhere.
  const path = (stdout + "\n" + stderr).match(/\S+\.md\b/)?.[0];
  if (code !== 0 || path === undefined) {
    void say.error(`No spec was made: ${oneLine(stderr) || `gavel ended with ${code}`}`);
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}
