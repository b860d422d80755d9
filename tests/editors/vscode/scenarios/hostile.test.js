// Words of people that try to be more than words: links that run commands, pictures that tell who
// reads, icons that look like the editor's own. They are shown as what they are.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually, eventuallyOneOf } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, specText } from "./specs.js";

const LINK = "[details](command:workbench.action.terminal.new)";
const TITLE = `Keys ${LINK} $(pass) <b>B</b>`;
const REMARK = `${LINK} ![p](https://pictures.invalid/p.png) <img src=x> \u202ekcolb`;
const KEY = "MEDIA-1";

let session;
let gaveld;
let editor;

before(async () => {
  session = await Session.start();
  gaveld = session.gaveld;
  const repository = session.repository("uploads");
  const text = specText({ title: "Thing" })
    .replace("title: Thing", () => `title: ${JSON.stringify(TITLE)}`)
    .replace("# Thing", () => `# ${TITLE}`);
  repository.write("specs/2026-keys.md", text);
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  const high = { "workbench.colorTheme": "Default High Contrast" };
  editor = await session.open(repository.folder, as("kim", session, high));
  await editor.openContainer("Specs");
  await eventually("the server answered", async () =>
    /Nothing waits for you/.test(await editor.welcome("Your turn")));
  const path = join(repository.folder, "specs/2026-keys.md");
  await gaveld.gavel("ana", "submit", path, "--yes", "--wants", "sync");
  await gaveld.gavel("chen", "concern", "raise", KEY, `two\nlines \u202e$(pass) ${LINK}`,
    "--blocking", "--done-when", "x", "-m", REMARK);
});

after(() => session?.end());

test("a notification about a title has no link in it", () =>
  session.during("notification", async () => {
    await eventuallyOneOf("a notification", /Your turn: MEDIA-1/, () => editor.notifications());
    assert.equal(await editor.page.locator(".notification-list-item-message a").count(), 0);
    await session.picture("hostile-notification");
  }));

test("rows are read out as what they show", () =>
  session.during("rows", async () => {
    const row = (await editor.view("Your turn")).locator(".monaco-list-row");
    const spoken = await row.first().getAttribute("aria-label");
    assert.match(spoken, /^MEDIA-1 due [^·]* · Keys \[.*, Async review/);
    const rows = (await editor.view("Next meeting")).locator(".monaco-list-row");
    const labels = await rows.evaluateAll((all) => all.map((each) => each.ariaLabel));
    assert.ok(labels.includes("Agenda so far"), JSON.stringify(labels));
  }));

test("a choice shows no icon that a title asks for", () =>
  session.during("choices", async () => {
    await editor.runCommand("Gavel: Open Spec");
    await eventuallyOneOf("a choice", KEY, () => editor.choices());
    assert.equal(await editor.page.locator(".quick-input-list .codicon-pass").count(), 0);
    await session.picture("hostile-choice");
    await editor.pick(KEY);
  }));

test("a remark fetches nothing, runs nothing and reads in its own direction", () =>
  session.during("remark", async () => {
    const widget = await editor.thread("blocking · two lines $(");
    const body = widget.locator(".comment-body").first();
    await body.getByText("p", { exact: true }).waitFor();
    assert.equal(await body.locator("img").count(), 0);
    assert.equal(await body.locator("a[data-href^='command:']").count(), 0);
    assert.equal(/\u202e/.test(await widget.innerText()), false);
    await session.picture("hostile-remark");
  }));

test("the packet that went out has its slots, and titles as text", () =>
  session.during("packet", async () => {
    await gaveld.gavel("chen", "concern", "resolve", KEY, "c1", "-m", "Read.");
    for (const time of ["2026-11-30T09:30:00Z", "2026-12-01T09:30:00Z"]) {
      await gaveld.gavel("gus", "dev", "clock", "--to", time);
    }
    // The next one, which is unfolded. Its row is not drawn anew after that.
    await eventually("it is the next one", async () =>
      /media: Thu 3 Dec.*1 spec, 15 min/.test((await editor.rows("Next meeting"))[0]));
    await editor.row("Next meeting", /MEDIA-1 Keys .*15 min · @ana/);
    await editor.openRow("Next meeting", /^Packet/);
    await editor.page.getByRole("tab", { name: /Preview .*2026-12-03-media/ }).waitFor();
    const page = editor.page.frameLocator("iframe.webview").last().frameLocator("iframe");
    await page.getByText(/MEDIA-1 r1 Keys \[details\]\(command:/).waitFor();
    await session.picture("packet");
  }));
