// An author: findings while typing, completion, what would come of it, submitting, and a second
// revision from the working copy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { eventually, eventuallyOneOf } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, lineOf, ROTATION, specText } from "./specs.js";

const PATH = "specs/2026-keys.md";
const WRONG = "postgres/huge";
const text = specText({ title: "Tenant-scoped signing keys", use: WRONG });
const useLine = text.split("\n").findIndex((line) => line.includes(WRONG)) + 1;
const useEnd = text.split("\n")[useLine - 1].indexOf(WRONG) + WRONG.length + 1;

let session;
let gaveld;
let repository;
let editor;

before(async () => {
  session = await Session.start();
  gaveld = session.gaveld;
  repository = session.repository("uploads");
  repository.write(PATH, text);
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  editor = await session.open(repository.folder, as("ana", session));
});

after(() => session?.end());

test("without a policy the author is told which command fetches it, and has its button", () =>
  session.during("no policy", async () => {
    await editor.openFile(PATH);
    const told = /No policy of .*“Gavel: Check” fetches it\./;
    await eventuallyOneOf("what to do", told, () => editor.notifications());
    await session.picture("no-policy");
    await editor.answerNotification(told, "Check");
    await eventually("the policy is there", async () => (await editor.squiggles("error")) > 0);
  }));

test("a finding is shown where it is, with what mends it", () =>
  session.during("diagnostic", async () => {
    await editor.openFile(PATH);
    await editor.openContainer("Specs");
    await editor.runCommand("Gavel: Check");
    await eventually("the wrong tier is underlined", async () =>
      (await editor.squiggles("error")) > 0);
    await editor.page.locator(".markers-panel", { hasText: WRONG }).waitFor();
    await session.picture("diagnostic");
  }));

test("a completion names tiers with their status, and is accepted", () =>
  session.during("completion", async () => {
    await editor.openFile(PATH);
    await editor.goTo(useLine, useEnd);
    for (let i = 0; i < "huge".length; ++i) await editor.press("Backspace");
    const offered = await eventually("tiers are offered", () => editor.completions());
    const tiers = offered.filter((each) => each.startsWith("postgres/"));
    assert.match(tiers[0], /postgres\/standard-/, "what is standard comes first");
    await session.picture("completion");
    await editor.type("ded");
    await eventually("what was typed comes first", async () =>
      (await editor.completions())[0].startsWith("postgres/dedicated-xl"));
    await editor.press("Enter");
    await editor.save();
    assert.match(repository.read(PATH), /use: postgres\/dedicated-xl,/);
    await eventually("the finding is gone", async () => (await editor.squiggles("error")) === 0);
  }));

test("the title says what would come of it", () =>
  session.during("lens", async () => {
    await editor.status("would need the meeting");
    await editor.goTo(1);
    await eventuallyOneOf("a code lens", /^Would be/, () => editor.codeLenses());
    await session.picture("would-be");
  }));

test("submit says who is told, sends nothing before the answer, then shows the state", () =>
  session.during("submit", async () => {
    await editor.runCommand("Gavel: Submit");
    // It is not committed yet: the command line client knows, the editor says so.
    await eventuallyOneOf("a refusal", /Nothing was sent\..*commit/, () => editor.notifications());
    await session.picture("uncommitted");
    await editor.press("Escape");
    repository.commit("Use a tier that is there");
    await editor.runCommand("Gavel: Submit");
    const dialog = editor.page.locator(".monaco-dialog-box");
    await dialog.getByText("reviewers of its area are told").waitFor();
    await session.picture("submit");
    assert.deepEqual(await gaveld.ask("ana", "status"), []);
    await editor.answerDialog("Submit");
    await editor.row("My specs", /MEDIA-1 Tenant-scoped signing keys ?Async review/);
    await editor.status("MEDIA-1: 0 open");
    await session.picture("submitted");
  }));

test("a concern of somebody else appears beside the author's text and is marked addressed", () =>
  session.during("addressed", async () => {
    const line = lineOf(repository.read(PATH), ROTATION);
    await gaveld.gavel("chen", "concern", "raise", "MEDIA-1", "key rotation", "--blocking",
      "--done-when", "rotation is automated", "--line", `${line}`, "-m", "Old keys stay in use.");
    await editor.status("MEDIA-1: 1 open (1 blocking)");
    await editor.goTo(line);
    await editor.reply("blocking · key rotation", "A job does it from now on.", "Mark Addressed");
    await editor.thread("blocking, answered · key rotation");
    await session.picture("addressed");
    const spec = await gaveld.ask("ana", "status", "MEDIA-1");
    assert.equal(spec.concerns[0].replies[0].text, "A job does it from now on.");
    assert.ok(spec.concerns[0].answerTime);
  }));

test("a thread whose line is gone is outdated, and is read on the text it was written on", () =>
  session.during("outdated", async () => {
    const line = lineOf(repository.read(PATH), ROTATION);
    await editor.goTo(line);
    await editor.press("Control+Shift+K");
    await editor.status("MEDIA-1: 1 open (1 blocking), 1 outdated");
    await editor.runCommand("Gavel: Show Outdated Threads");
    await editor.pick("blocking, answered · key rotation");
    await editor.page.getByRole("tab", { name: /MEDIA-1 revision 1/ }).waitFor();
    await editor.thread("A job does it from now on.");
    await session.picture("outdated");
  }));

test("a working copy is sent only after saying so", () =>
  session.during("working copy", async () => {
    await editor.openFile(PATH);
    await editor.goTo(lineOf(text, "## Design") + 1);
    await editor.type("A job rotates keys each quarter.\n");
    await editor.save();
    await editor.runCommand("Gavel: Submit");
    await editor.answerNotification(/Nothing was sent/, "Send the Working Copy");
    await editor.answerDialog("Submit");
    const spec = await eventually("a second revision", async () => {
      const now = await gaveld.ask("ana", "status", "MEDIA-1");
      return now.revisions.length === 2 && now;
    });
    assert.equal(spec.revisions[1].unpublished, true);
    await session.picture("working-copy");
  }));
