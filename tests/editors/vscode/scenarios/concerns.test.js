// What the owner of a concern does with it, drafts, and a link that leads to a thread.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually, eventuallyOneOf } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, commentsOf, LIFETIME, lineOf, ROTATION, specText } from "./specs.js";

const PATH = "specs/2026-keys.md";
const KEY = "MEDIA-1";
const text = specText({ title: "Tenant-scoped signing keys" });
const lifetime = lineOf(text, LIFETIME);
const rotation = lineOf(text, ROTATION);
const told = lineOf(text, "Nobody is told when that happens.");

let session;
let gaveld;
let editor;

before(async () => {
  session = await Session.start();
  gaveld = session.gaveld;
  const repository = session.repository("uploads");
  repository.write(PATH, text);
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  await gaveld.gavel("ana", "submit", join(repository.folder, PATH), "--yes");
  await gaveld.gavel("chen", "concern", "raise", KEY, "lifetime", "--line", `${lifetime}`,
    "-m", "A quarter is long.");
  await gaveld.gavel("chen", "concern", "raise", KEY, "key rotation", "--line", `${rotation}`,
    "-m", "By hand?");
  editor = await session.open(repository.folder, as("chen", session));
});

after(() => session?.end());

const asked = (words) => eventually(`${words} is asked`, async () =>
  words.test(await editor.question()));

// A concern by its name, as the server has it.
async function concern(name) {
  const spec = await gaveld.ask("ana", "status", KEY);
  return spec.concerns.find((each) => each.title === name);
}

const isClosed = (each) => each.status !== "STATUS_OPEN";

const concernThat = (what, name, holds) => eventually(`${name} ${what}`, async () => {
  const now = await concern(name);
  return now !== undefined && holds(now) && now;
});

test("a link opens the file and the thread, also before the server has answered", () =>
  session.during("link", async () => {
    await editor.openLink(`vscode://gavel.gavel/open?key=${KEY}&thread=c2`);
    await editor.page.getByRole("tab", { name: "2026-keys.md" }).waitFor();
    await editor.thread("question · key rotation");
    await editor.status(`Ln ${rotation}, Col 1`);
    await session.picture("link");
  }));

test("a link to what is not there says so, and does nothing else", () =>
  session.during("wrong link", async () => {
    for (const [link, words] of [
      [`open?key=${KEY}&thread=c9`, /not in this text/],
      ["open?key=MEDIA-99", /MEDIA-99 is not known here/],
      ["open?key=../../etc/passwd", /names no spec/],
    ]) {
      await editor.openLink(`vscode://gavel.gavel/${link}`);
      await eventuallyOneOf("a notification", words, () => editor.notifications());
    }
    await editor.runCommand("Notifications: Clear All Notifications");
  }));

test("a question becomes blocking with what would resolve it", () =>
  session.during("make blocking", async () => {
    await editor.goTo(rotation);
    await editor.pressInThread("question · key rotation", "Make Blocking");
    await asked(/Done when/);
    await editor.answer("");
    assert.match(await editor.question(), /says what would resolve it/);
    await editor.answer("rotation is automated");
    await editor.thread("blocking · key rotation");
    const now = await concernThat("blocks", "key rotation", (each) => each.criteria !== "");
    assert.equal(now.severity, "SEVERITY_BLOCKING");
    assert.equal(now.criteria, "rotation is automated");
    await session.picture("made-blocking");
  }));

test("a concern is resolved from its thread, by the keyboard", () =>
  session.during("resolve", async () => {
    const widget = await editor.thread("blocking · key rotation");
    await widget.locator(".review-comment").first().click();
    await editor.press("Shift+Tab", "Shift+Tab", "Enter");
    await asked(/Resolve .*key rotation/);
    await editor.answer("A job does it.");
    const now = await concernThat("is closed", "key rotation", isClosed);
    assert.equal(now.resolution, "A job does it.");
    await editor.status(`${KEY}: 1 open`);
    await session.picture("resolved");
  }));

test("a concern is withdrawn, and Escape before that changes nothing", () =>
  session.during("withdraw", async () => {
    await editor.openLink(`vscode://gavel.gavel/open?key=${KEY}&thread=c1`);
    for (const answer of [undefined, "I misread it."]) {
      await editor.pressInThread("question · lifetime", "Withdraw");
      await asked(/Withdraw/);
      if (answer === undefined) await editor.press("Escape");
      else await editor.answer(answer);
      if (answer === undefined) assert.equal((await concern("lifetime")).status, "STATUS_OPEN");
    }
    const now = await concernThat("is closed", "lifetime", isClosed);
    assert.equal(now.status, "STATUS_WITHDRAWN");
    await editor.status(`${KEY}: 0 open`);
  }));

test("what is not raised after all stays as a draft, which is discarded, undone and sent", () =>
  session.during("drafts", async () => {
    const widget = await editor.newThread(told, "Who is told?");
    await widget.getByRole("button", { name: /^Raise as Concern/ }).click();
    await eventually("how serious is asked", async () => (await editor.choices()).length === 3);
    await editor.press("Escape");
    await editor.status(`${KEY}: 0 open, 1 draft`);
    await editor.goTo(told);
    await editor.openThread("draft, not sent");
    await session.picture("draft");
    await editor.pressInThread("draft, not sent", "Discard Draft");
    await editor.answerNotification(/draft was discarded/, "Undo");
    await editor.status(`${KEY}: 0 open, 1 draft`);
    assert.deepEqual(await commentsOf(gaveld, KEY), []);
    await editor.runCommand("Gavel: Send Drafts");
    await eventually("the comment is on the server", async () =>
      (await commentsOf(gaveld, KEY)).some((each) => each.text === "Who is told?"));
    await editor.status(`${KEY}: 0 open`);
  }));

test("a remark is raised as a concern with severity, name and criteria", () =>
  session.during("raise", async () => {
    const line = lineOf(text, "Keys are made per tenant on first use.");
    const widget = await editor.newThread(line, "Auditors ask for one in advance. Why so late?");
    await widget.getByRole("button", { name: /^Raise as Concern/ }).click();
    await editor.pick("Blocking");
    await asked(/short name/);
    await editor.answer("auditors");
    await asked(/Done when/);
    await editor.answer("keys are made in advance");
    await editor.status(`${KEY}: 1 open (1 blocking)`);
    const now = await concern("auditors");
    assert.equal(now.criteria, "keys are made in advance");
    assert.equal(now.anchor.firstLine, line);
    await session.picture("raised");
  }));
