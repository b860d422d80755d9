// The settings, and where a server may come from.
import * as vscode from "vscode";

const DEFAULT_SERVER = "127.0.0.1:4283";
const ALLOWED_SERVERS = "gavel.allowedServers";

function setting<T>(name: string, otherwise: T): T {
  return vscode.workspace.getConfiguration("gavel").get<T>(name) ?? otherwise;
}

/** Machine scope: a repository cannot name the program that is run. */
export const cliPath = (): string => setting("cliPath", "gavel") || "gavel";
export const area = (): string => setting("area", "");
export const isOnline = (): boolean => setting("online", false);
export const notifiesMyTurn = (): boolean => setting("notifyMyTurn", true);
export const showsClosedThreads = (): boolean => setting("showClosedThreads", true);

/**
 * The server to talk to. One that only the workspace names is asked about once: a repository must
 * not choose whom an editor talks to. A token is kept per server, so it does not travel along.
 */
export async function serverAddress(memory: vscode.Memento): Promise<string> {
  const inspected = vscode.workspace.getConfiguration("gavel").inspect<string>("server");
  const ofUser = inspected?.globalValue || process.env["GAVEL_SERVER"] || DEFAULT_SERVER;
  const ofWorkspace = inspected?.workspaceFolderValue || inspected?.workspaceValue;
  if (!ofWorkspace || ofWorkspace === ofUser || !vscode.workspace.isTrusted) return ofUser;
  const allowed = memory.get<string[]>(ALLOWED_SERVERS) ?? [];
  if (allowed.includes(ofWorkspace)) return ofWorkspace;
  const use = "Use It";
  const answer = await vscode.window.showWarningMessage(
    `This workspace names the spec server ${ofWorkspace}. Talk to it?`,
    { modal: true, detail: `Otherwise ${ofUser} is used. You are asked once per server.` },
    use,
  );
  if (answer !== use) return ofUser;
  await memory.update(ALLOWED_SERVERS, [...allowed, ofWorkspace]);
  return ofWorkspace;
}

/** A person, for development servers. Never from a setting: a workspace could set one. */
export function developer(): string {
  return process.env["GAVEL_AS"] ?? "";
}
