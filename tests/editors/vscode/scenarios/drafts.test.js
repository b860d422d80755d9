// What is written and not sent belongs to a server. Another one with a spec of the same key neither
// shows nor gets it, also when the setting changes under the open text.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually } from "../harness/eventually.js";
import { Gaveld } from "../harness/gaveld.js";
import { Session } from "../harness/session.js";
import { as, commentsOf, LIFETIME, lineOf, ROTATION, specText } from "./specs.js";

const PATH = "specs/2026-keys.md";
const KEY = "MEDIA-1"; // On both servers.
const text = specText({ title: "Tenant-scoped signing keys" });
const rotation = lineOf(text, ROTATION);

let session;
let here;
let elsewhere;
let editor;

before(async () => {
  session = await Session.start();
  here = session.gaveld;
  const root = join(session.environment.root, "elsewhere");
  mkdirSync(root);
  elsewhere = new Gaveld(session.environment, root);
  await elsewhere.start();
  const repository = session.repository("uploads");
  repository.write(PATH, text);
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  for (const gaveld of [here, elsewhere]) {
    await gaveld.gavel("ana", "submit", join(repository.folder, PATH), "--yes");
  }
  await here.gavel("chen", "concern", "raise", KEY, "key rotation", "--line", `${rotation}`,
    "-m", "By hand?");
  await elsewhere.gavel("lee", "comment", KEY, "--line", `${lineOf(text, LIFETIME)}`,
    "-m", "Why a quarter?");
  editor = await session.open(repository.folder, as("chen", session));
});

after(async () => {
  await session?.end();
  await elsewhere?.kill();
});

const use = ({ address }) => editor.set("gavel.server", address);

test("a draft is kept beside its line", () =>
  session.during("a draft", async () => {
    await editor.openFile(PATH);
    await editor.status(`${KEY}: 1 open`);
    const told = lineOf(text, "Nobody is told when that happens.");
    const widget = await editor.newThread(told, "Who is told?");
    await widget.getByRole("button", { name: /^Keep as Draft/ }).click();
    await editor.status(`${KEY}: 1 open, 1 draft`);
    await session.picture("draft-here");
  }));

test("another server's spec of the same key has neither the draft nor the threads", () =>
  session.during("another server", async () => {
    await use(elsewhere);
    await editor.status(`${KEY}: 0 open`);
    assert.equal((await editor.statusBar()).some((item) => item.includes("draft")), false);
    await editor.goTo(lineOf(text, LIFETIME));
    await editor.openThread("Why a quarter?");
    assert.deepEqual((await editor.threads()).filter((each) => /By hand|Who is/.test(each)), []);
    await editor.runCommand("Gavel: Send Drafts");
    await session.picture("draft-elsewhere");
  }));

test("back on its own server it is there, and is sent there alone", () =>
  session.during("back", async () => {
    await use(here);
    await editor.status(`${KEY}: 1 open, 1 draft`);
    await editor.runCommand("Gavel: Send Drafts");
    await eventually("the comment is on the server", async () =>
      (await commentsOf(here, KEY)).some((each) => each.text === "Who is told?"));
    const there = (await commentsOf(elsewhere, KEY)).map((each) => each.text);
    assert.deepEqual(there, ["Why a quarter?"]);
    await session.picture("draft-back");
  }));
