// A reviewer: what waits, threads beside the text, an answer after the text moved, positions, and
// all of it live, across a restart of the server, and offline.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually, eventuallyOneOf } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, commentsOf, LIFETIME, lineOf, ROTATION, specText } from "./specs.js";

const TITLE = "Tenant-scoped signing keys";
const PATH = "specs/2026-keys.md";
const text = specText({ title: TITLE });
const rotation = lineOf(text, ROTATION);
const lifetime = lineOf(text, LIFETIME);

let session;
let gaveld;
let repository;
let editor;
let key;

before(async () => {
  session = await Session.start();
  gaveld = session.gaveld;
  repository = session.repository("uploads");
  repository.write(PATH, text);
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  const path = join(repository.folder, PATH);
  key = JSON.parse(await gaveld.gavel("ana", "submit", path, "--yes", "--json")).key;
  await gaveld.gavel("chen", "concern", "raise", key, "key rotation", "--blocking",
    "--done-when", "rotation is automated", "--line", `${rotation}`,
    "-m", "A forgotten quarter leaves old keys in use.");
  await gaveld.gavel("lee", "comment", key, "--line", `${lifetime}`, "-m", "Why a quarter?");
  editor = await session.open(repository.folder, as("kim", session));
});

after(() => session?.end());

test("what waits for a reviewer is under Your turn, in words", () =>
  session.during("your turn", async () => {
    await editor.openContainer("Specs");
    const row = await editor.row("Your turn", key);
    assert.match(row, new RegExp(`^${key} due .* · ${TITLE} ?Async review$`));
    await editor.row("Next meeting", /media: Thu 26 Nov/);
    await editor.page.locator(".activitybar .badge-content", { hasText: "1" }).waitFor();
    await session.picture("your-turn");
  }));

test("the file opens with its threads beside the lines they are about", () =>
  session.during("threads", async () => {
    await editor.openRow("Your turn", key);
    await editor.status(`${key}: 1 open (1 blocking)`);
    await editor.page.getByRole("tab", { name: "2026-keys.md" }).waitFor();
    await editor.goTo(rotation);
    const thread = await editor.thread("blocking · key rotation");
    assert.match(await thread.innerText(), /Done when:\s*rotation is automated/);
    await session.picture("thread");
  }));

test("a reply after an edit above it lands on the line of the submitted text", () =>
  session.during("reply", async () => {
    await editor.goTo(lifetime - 2, 1);
    await editor.type("A new paragraph.\nAnd one more.\n\n");
    // Before going on: only lines in sight can be read.
    await eventually("the edit is in the text", async () =>
      /And one more\./.test(await editor.editorText()));
    await editor.goTo(rotation + 3);
    await editor.reply("key rotation", "Which quarter was forgotten?", "Comment");
    const reply = await eventually("the reply is on the server", async () =>
      (await commentsOf(gaveld, key)).find((each) => /Which quarter/.test(each.text)));
    assert.equal(reply.inReplyTo, "c1");
    assert.equal(reply.anchor.revision, 1);
    assert.equal(reply.anchor.firstLine, rotation);
    assert.equal(reply.anchor.quote, ROTATION);
    await editor.thread("Which quarter was forgotten?");
    await session.picture("reply");
  }));

test("what another person does shows without a click", () =>
  session.during("live", async () => {
    await gaveld.gavel("ana", "concern", "answer", key, "key rotation", "-m", "A job does it now.");
    await editor.goTo(rotation + 3);
    await editor.thread("blocking, answered · key rotation");
    await editor.thread("A job does it now.");
    await gaveld.gavel("chen", "concern", "resolve", key, "key rotation", "-m", "Thank you.");
    await editor.status(`${key}: 0 open`);
    await session.picture("live");
  }));

test("the server is killed and restarted under the open editor, and nothing is missing", () =>
  session.during("restart", async () => {
    await gaveld.kill();
    await editor.status(/specs offline/, { timeoutMs: 40_000 });
    await editor.row("Your turn", key);
    await session.picture("offline");
    await gaveld.start();
    await gaveld.gavel("chen", "concern", "raise", key, "lifetime", "--line", `${lifetime}`,
      "-m", "A quarter is long.");
    await editor.status(`${key}: 1 open`, { timeoutMs: 60_000 });
    await editor.goTo(lifetime + 3);
    await editor.page.locator(".comment-thread-unresolved").first().waitFor();
    await session.picture("restarted");
  }));

test("a position with a condition", () =>
  session.during("position", async () => {
    await editor.runCommand("Gavel: Take Position");
    await session.picture("position");
    await editor.pick("Yes, if");
    await editor.answer("the job is watched");
    await eventually("a second condition is asked for", async () =>
      /Leave it empty/.test(await editor.question()));
    await editor.answer("");
    await eventually("why is asked", async () => /In your words/.test(await editor.question()));
    await editor.answer("Good otherwise.");
    const spec = await eventually("the position is taken", async () => {
      const now = await gaveld.ask("kim", "status", key);
      return now.positions?.length > 0 && now;
    });
    assert.deepEqual(spec.positions[0].conditions, ["the job is watched"]);
    assert.equal(spec.positions[0].person, "kim");
    await eventually("it is no longer Kim's turn", async () =>
      !(await editor.rows("Your turn")).some((row) => row.includes(key)));
  }));

test("a new comment on a line that moved names the line of the submitted text", () =>
  session.during("new comment", async () => {
    const line = lineOf(text, "Nobody is told when that happens.");
    const widget = await editor.newThread(line + 3, "Who should be?");
    await widget.getByRole("button", { name: /^Comment/ }).click();
    const comment = await eventually("the comment is on the server", async () =>
      (await commentsOf(gaveld, key)).find((each) => /Who should be/.test(each.text)));
    assert.equal(comment.anchor.firstLine, line);
    assert.equal(comment.anchor.lastLine, line);
    assert.equal(comment.anchor.heading, "Key rotation");
    await editor.status(`${key}: 1 open`);
    await session.picture("new-comment");
  }));

test("the agenda of the next meeting is read as a page", () =>
  session.during("agenda", async () => {
    await editor.openRow("Next meeting", "Agenda so far");
    await editor.page.getByRole("tab", { name: /Preview .*2026-11-26-media/ }).waitFor();
    const page = editor.page.frameLocator("iframe.webview").last().frameLocator("iframe");
    await page.getByText(/Thu 26 Nov 2026/).first().waitFor();
    await session.picture("agenda");
  }));

test("what was there last is read offline, and nothing can be written", () =>
  session.during("offline reading", async () => {
    await gaveld.kill();
    editor = await session.open(repository.folder, as("kim", session));
    await editor.openContainer("Specs");
    await editor.status(/specs offline/, { timeoutMs: 40_000 });
    await editor.openRow("All open", key);
    await editor.page.getByRole("tab", { name: "2026-keys.md" }).waitFor();
    await editor.runCommand("Gavel: Open Submitted Text");
    await editor.page.getByRole("tab", { name: `${key} revision 1.md` }).waitFor();
    await editor.page.locator(".comment-thread-unresolved").first().waitFor();
    await editor.press("F1");
    await editor.type("Gavel: ");
    await eventuallyOneOf("a command", "Gavel: Refresh", () => editor.choices());
    const choices = await editor.choices();
    assert.equal(choices.some((choice) => choice.startsWith("Gavel: Take Position")), false);
    await editor.press("Escape");
    await session.picture("offline-reading");
  }));
