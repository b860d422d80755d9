// What a person sees of VS Code and does with it. Only this file knows the workbench's markup.
import { eventually, eventuallyOneOf } from "./eventually.js";

// Parts of the workbench that extensions write to.
const at = {
  row: ".monaco-list-row",
  quickInput: ".quick-input-widget",
  editorLines: ".editor-instance .view-lines",
};

export class Workbench {
  /** A page of playwright, for what is not below. */
  page;

  constructor(page) {
    this.page = page;
  }

  /** Opens a folder of the server, or opens it again, and waits until it can be used. */
  async open(url, folder) {
    await this.page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    // The first one of a machine takes longest: nothing of the editor is in memory yet.
    const bar = this.page.locator(".monaco-workbench .statusbar-item").first();
    await bar.waitFor({ timeout: 90_000 });
    await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  }

  // Commands and questions.

  /** Runs a command by its title in the palette: `Gavel: Submit`. */
  async runCommand(title) {
    // A palette that is open does not learn of a command that becomes available meanwhile.
    await eventually(`a command "${title}"`, async () => {
      await this.page.keyboard.press("F1");
      await this.#fillQuickInput(`>${title}`);
      try {
        return await this.pick(title, { timeoutMs: 2_000 });
      } catch (error) {
        await this.page.keyboard.press("Escape");
        throw error;
      }
    });
  }

  /** Chooses the row of a quick pick whose label is, or starts with, `label`. */
  pick(label, options) {
    // Rows are drawn anew while the list fills, so one that was found may be gone when it is clicked.
    return eventually(`a choice "${label}"`, async () => {
      await (await this.#choice(label)).click({ timeout: 5_000 });
      return true;
    }, options);
  }

  async #choice(label) {
    for (const candidate of await this.page.locator(`${at.quickInput} ${at.row}`).all()) {
      const text = await candidate.locator(".quick-input-list-label").first().innerText();
      if (plain(text).startsWith(label)) return candidate;
    }
    throw new Error(`choices: ${JSON.stringify(await this.choices())}`);
  }

  /** Labels of the quick pick that is open. */
  async choices() {
    const labels = this.page.locator(`${at.quickInput} ${at.row} .quick-input-list-label`);
    return (await labels.allInnerTexts()).map(plain);
  }

  /** Answers the input box that is open. */
  async answer(text) {
    await this.#fillQuickInput(text);
    await this.page.keyboard.press("Enter");
  }

  /** The text above or below the input box: its prompt, or why the answer is refused. */
  async question() {
    return plain(await this.page.locator(`${at.quickInput}`).innerText());
  }

  async #fillQuickInput(text) {
    const box = this.page.locator(`${at.quickInput} input.input`);
    await box.waitFor();
    await box.fill(text);
  }

  /** Answers a modal dialog by the name of its button. */
  async answerDialog(button) {
    await this.page.locator(".monaco-dialog-box").getByRole("button", { name: button }).click();
  }

  /** Text of the notifications that are up. */
  async notifications() {
    return (await this.page.locator(".notification-toast").allInnerTexts()).map(plain);
  }

  /** Follows a link to the extension, as the desktop does, and allows it where the editor asks. */
  async openLink(uri) {
    await this.runCommand("Developer: Open URL");
    await this.answer(uri);
    await this.answerDialog("Open");
  }

  /** Clicks a notification's button. */
  async answerNotification(pattern, button) {
    await eventuallyOneOf("a notification", pattern, () => this.notifications());
    const toast = this.page.locator(".notification-toast").filter({ hasText: pattern });
    await toast.getByRole("button", { name: button }).click();
  }

  // Editors.

  /** Opens a file of the folder by its path. */
  async openFile(path) {
    await this.page.keyboard.press("Control+P");
    await this.#fillQuickInput(path);
    await this.pick(path.split("/").at(-1));
    const lines = this.page.locator(at.editorLines).first();
    await eventually(`${path} is open`, () => lines.isVisible());
  }

  /** Puts the caret at a line and column, both from 1. */
  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+G");
    await this.answer(`:${line}:${column}`);
  }

  /** Types into whatever has the focus. */
  async type(text) {
    await this.page.keyboard.type(text);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async save() {
    await this.page.keyboard.press("Control+S");
    await eventually("the file is saved", async () =>
      (await this.page.locator(".tab.active.dirty").count()) === 0);
  }

  /** Changes a setting that is a text and the machine's, as people do. */
  async set(name, value) {
    await this.runCommand("Preferences: Open Settings (UI)");
    await this.page.locator(".settings-editor .search-container").waitFor();
    await this.type(`@id:${name}`);
    await this.page.locator(".settings-tabs-widget").getByText(/^Remote/).click();
    const box = this.page.locator(`.settings-editor [data-key="${name}"] input`);
    await box.fill(value);
    await this.press("Tab");
    await this.runCommand("View: Close Editor");
  }

  /** Text of the lines on screen. */
  async editorText() {
    const lines = await this.page.locator(`${at.editorLines} .view-line`).all();
    const placed = await Promise.all(lines.map(async (line) => ({
      top: (await line.boundingBox())?.y ?? 0,
      text: await line.innerText(),
    })));
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => plain(text)).join("\n");
  }

  /** How many squiggles of a kind (`error`, `warning`, `info`) are on screen. */
  squiggles(kind) {
    return this.page.locator(`.squiggly-${kind}`).count();
  }

  async codeLenses() {
    const lenses = await this.page.locator(".codelens-decoration").allInnerTexts();
    return lenses.map(plain).filter((text) => text !== "");
  }

  /** Asks for completions at the caret unless they are up; their labels. */
  async completions() {
    const rows = this.page.locator(`.suggest-widget.visible ${at.row}`);
    if (!(await rows.first().isVisible())) {
      await this.page.keyboard.press("Control+Space");
      await rows.first().waitFor();
    }
    return (await rows.allInnerTexts()).map(plain);
  }

  // Views, status bar, threads.

  async statusBar() {
    const items = await this.page.locator(".statusbar-item").allInnerTexts();
    return items.map(plain).filter((text) => text !== "");
  }

  /** Waits for a status bar item. */
  status(pattern, options) {
    return eventuallyOneOf("a status bar item", pattern, () => this.statusBar(), options);
  }

  /** Opens a container of the activity bar by its title. */
  async openContainer(title) {
    const tab = this.page.locator(".activitybar").getByRole("tab", { name: title });
    if ((await tab.getAttribute("aria-expanded")) !== "true") await tab.click();
    await this.page.locator(".sidebar .pane-header").first().waitFor();
  }

  /** The pane of a view, opened. */
  async view(title) {
    const pane = this.page.locator(".pane").filter({
      has: this.page.locator(".pane-header h3.title", { hasText: exactly(title) }),
    });
    const header = pane.locator(".pane-header");
    await header.waitFor();
    if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
    return pane;
  }

  /** Rows of a view, as text: label and description. */
  async rows(view) {
    return (await (await this.view(view)).locator(at.row).allInnerTexts()).map(plain);
  }

  /** Waits for a row of a view. */
  row(view, pattern, options) {
    return eventuallyOneOf(`a row of "${view}"`, pattern, () => this.rows(view), options);
  }

  /** Whether a view is too narrow for some words of its rows. */
  async isCutOff(view, words) {
    const row = (await this.view(view)).locator(at.row).filter({ hasText: words }).first();
    return row.locator(".label-name").evaluate((label, wanted) => {
      const text = document.createTreeWalker(label, NodeFilter.SHOW_TEXT).nextNode();
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, text.data.indexOf(wanted) + wanted.length);
      const { right } = label.closest(".monaco-list-row").getBoundingClientRect();
      return range.getBoundingClientRect().right > right;
    }, words);
  }

  /** Clicks a row of a view. */
  async openRow(view, pattern) {
    await this.row(view, pattern);
    await (await this.view(view)).locator(at.row).filter({ hasText: pattern }).first().click();
  }

  /** What a view says instead of rows, and its button's names. */
  async welcome(view) {
    return plain(await (await this.view(view)).locator(".welcome-view").innerText());
  }

  /** Text of the comment threads on screen, top to bottom. */
  async threads() {
    return (await this.page.locator(".review-widget").allInnerTexts()).map(plain);
  }

  /** Opens a thread by its mark in the margin; the only unresolved one on screen. */
  async openThread(pattern) {
    const isOpen = async () => (await this.threads()).some((text) => text.includes(pattern));
    await eventually(`the thread "${pattern}" opens`, async () => {
      if (await isOpen()) return true;
      await this.page.locator(".comment-thread-unresolved").first().click();
      // A mark that is still moving while the panel below opens is missed.
      return eventually("it is open", isOpen, { timeoutMs: 3_000 });
    });
  }

  /** Waits for a thread; its widget. */
  async thread(pattern, options) {
    await eventuallyOneOf("a thread", pattern, () => this.threads(), options);
    return this.page.locator(".review-widget").filter({ hasText: pattern }).first();
  }

  /** Clicks a button of a thread: of its title, of a remark, or below its box. */
  async pressInThread(pattern, button) {
    const widget = await this.thread(pattern);
    await widget.hover();
    await widget.getByRole("button", { name: button }).first().click();
  }

  /** Starts a thread on a line; its widget, with the caret in its box. */
  async newThread(line, text) {
    await this.goTo(line);
    await this.runCommand("Comments: Add Comment on Current Selection");
    const box = this.page.locator(".comment-form .monaco-editor.focused");
    await box.waitFor();
    await this.type(text);
    return this.page.locator(".review-widget").filter({ has: box });
  }

  /** Writes into a thread's reply box and clicks the button that sends it. */
  async reply(pattern, text, button) {
    const widget = await this.thread(pattern);
    const prompt = widget.locator(".review-thread-reply-button");
    if (await prompt.isVisible()) await prompt.click();
    await widget.locator(".comment-form .monaco-editor").click();
    await this.type(text);
    await widget.getByRole("button", { name: button }).click();
  }
}

// The workbench writes no-break spaces and icons from a private area of Unicode.
function plain(text) {
  return text.replace(/[\uE000-\uF8FF]/g, "").replace(/[\u00a0\s]+/g, " ").trim();
}

function exactly(text) {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "i");
}
