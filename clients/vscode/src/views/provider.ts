// The views of the container "Specs": plain nodes as tree items, explained when somebody points at
// them.
import * as vscode from "vscode";

import { canWrite, whyNotWrite, type ConnectionState } from "../connection/phase";
import type { Lists } from "../model/lists";
import type { Mirror } from "../model/mirror";
import { count, dueWords, oneLine, people } from "../model/words";
import { area } from "../settings";
import { nodesOf, type Node, type ViewId } from "./tree";

const VIEWS: readonly ViewId[] = ["yourTurn", "mySpecs", "nextMeeting", "allOpen", "decided"];

/** The five views, kept up with the mirror. */
export function registerViews(
  mirror: Mirror,
  connection: () => ConnectionState,
): vscode.Disposable {
  const disposables = VIEWS.map((id) => {
    const provider = new Provider(id, mirror, connection);
    const view = vscode.window.createTreeView(`gavel.${id}`, { treeDataProvider: provider });
    const update = (lists: Lists) => {
      provider.refresh();
      if (id === "yourTurn") view.badge = badgeOf(lists);
    };
    update(mirror.lists);
    const stop = mirror.listsChanged.on(update);
    const onArea = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("gavel.area")) provider.refresh();
    });
    return vscode.Disposable.from(view, provider, onArea, new vscode.Disposable(stop));
  });
  return vscode.Disposable.from(...disposables);
}

function badgeOf(lists: Lists): vscode.ViewBadge | undefined {
  const { size } = lists.turns;
  return size === 0
    ? undefined
    : { value: size, tooltip: `${count(size, "spec")} ${size === 1 ? "waits" : "wait"} for you` };
}

class Provider implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: ViewId;
  readonly #mirror: Mirror;
  readonly #connection: () => ConnectionState;

  constructor(view: ViewId, mirror: Mirror, connection: () => ConnectionState) {
    this.#view = view;
    this.#mirror = mirror;
    this.#connection = connection;
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  getChildren(node?: Node): Node[] {
    return node === undefined
      ? nodesOf(this.#view, this.#mirror.lists, area())
      : [...(node.children ?? [])];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, foldOf(node));
    item.id = node.id;
    item.description = node.description;
    const { id, color } = node.icon;
    item.iconPath = new vscode.ThemeIcon(
      id,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.contextValue = node.context;
    item.accessibilityInformation = { label: wordsOf(node).join(", ") };
    const argument = { spec: node.spec, meeting: node.meeting };
    if (node.context === "agenda") {
      item.command = { command: "gavel.openPacket", title: "Packet", arguments: [argument] };
    } else if (node.spec !== undefined) {
      item.command = { command: "gavel.openSpec", title: "Open", arguments: [argument] };
    }
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    item.tooltip =
      node.spec === undefined
        ? [...wordsOf(node), node.tooltip].filter((words) => words !== "").join("\n")
        : await this.#explain(node.spec, node);
    return item;
  }

  // The server's own words. What they are about comes from people and is shown as text.
  async #explain(key: string, node: Node): Promise<vscode.MarkdownString> {
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(wordsOf(node).join("\n"));
    const detail = await this.#mirror.detail(key);
    const turn = detail?.explain.turn;
    const { nowMs } = this.#mirror.lists;
    const state = this.#connection();
    const lines = [
      node.tooltip,
      detail?.explain.stateText ?? "",
      turn && turn.people.length > 0
        ? `Turn: ${people(turn.people)}: ${turn.action} ${dueWords(turn.dueTime, nowMs)}`
        : "",
      ...(detail?.explain.gates ?? []),
      detail?.explain.queueText ?? "",
      canWrite(state) ? "" : whyNotWrite(state),
    ];
    for (const line of lines.filter((each) => each !== "")) {
      tooltip.appendMarkdown("\n\n");
      tooltip.appendText(oneLine(line));
    }
    return tooltip;
  }
}

// All of a row, which a narrow side bar cuts off.
function wordsOf({ label, description }: Node): string[] {
  return [label, description].filter((words) => words !== "");
}

function foldOf(node: Node): vscode.TreeItemCollapsibleState {
  if (node.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return node.expanded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
