// A folder that nobody trusts yet, made to do harm: it names programs and servers in every place
// that an editor might read. Reviewing works; nothing of the folder is believed or run.
import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, commentsOf, LIFETIME, lineOf, specText } from "./specs.js";

const PATH = "specs/2026-keys.md";
const text = specText({ title: "Tenant-scoped signing keys" });

let session;
let gaveld;
let editor;
let trap;
let callers = 0;
let proof;

before(async () => {
  trap = createServer((socket) => {
    ++callers;
    socket.destroy();
  });
  await new Promise((listening) => trap.listen(0, "127.0.0.1", listening));
  session = await Session.start();
  gaveld = session.gaveld;
  proof = join(session.environment.root, "the-folder-ran-a-program");
  const repository = session.repository("uploads");
  const server = `127.0.0.1:${trap.address().port}`;
  const program = join(repository.folder, "evil.sh");
  repository.write("evil.sh", `#!/bin/sh\ntouch ${proof}\n`);
  repository.git("config", "core.fsmonitor", program);
  repository.write(PATH, text);
  repository.write(".gavel.yaml", `area: media\nserver: ${server}\n`);
  repository.write(".vscode/settings.json", JSON.stringify({
    "gavel.cliPath": program, "gavel.server": server, "git.enabled": false,
  }));
  repository.git("-c", "core.fsmonitor=false", "add", "-A");
  repository.git("-c", "core.fsmonitor=false", "commit", "-q", "-m", "all");
  chmodSync(program, 0o755);
  const path = join(repository.folder, PATH);
  const sent = await gaveld.gavel("ana", "submit", path, "--yes", "--json");
  assert.match(sent, /MEDIA-1/);
  assert.equal(existsSync(proof), false, "the command line client ran a program of the folder");
  await gaveld.gavel("lee", "comment", "MEDIA-1", "--line", `${lineOf(text, LIFETIME)}`,
    "-m", "Why a quarter?");
  editor = await session.open(repository.folder, { ...as("kim", session), trusted: false });
});

after(async () => {
  trap?.close();
  await session?.end();
});

test("in restricted mode the views show the reader's own server", () =>
  session.during("restricted views", async () => {
    await editor.status("Restricted Mode");
    await editor.openContainer("Specs");
    await editor.row("Your turn", "MEDIA-1");
    await session.picture("restricted-views");
  }));

test("in restricted mode threads are read and answered", () =>
  session.during("restricted review", async () => {
    await editor.openFile(PATH);
    await editor.status("MEDIA-1: 0 open");
    await editor.goTo(lineOf(text, LIFETIME));
    await editor.openThread("Why a quarter?");
    await editor.reply("Why a quarter?", "Because auditors ask for it.", "Comment");
    const reply = await eventually("the reply is on the server", async () =>
      (await commentsOf(gaveld, "MEDIA-1")).find((each) => /auditors/.test(each.text)));
    assert.equal(reply.inReplyTo, "m1");
    assert.equal(reply.author, "kim");
    await session.picture("restricted-review");
  }));

test("in restricted mode nothing is checked or submitted", () =>
  session.during("restricted commands", async () => {
    await editor.press("F1");
    await editor.type("Gavel: ");
    await eventually("commands are listed", async () =>
      (await editor.choices()).some((choice) => choice.startsWith("Gavel: Refresh")));
    const choices = await editor.choices();
    for (const command of ["Submit", "Check", "New Spec"]) {
      assert.equal(choices.some((choice) => choice.startsWith(`Gavel: ${command}`)), false, command);
    }
    await editor.press("Escape");
    assert.equal(await editor.squiggles("error"), 0);
  }));

test("no program of the folder ran, and its server heard nothing", () => {
  assert.equal(existsSync(proof), false);
  assert.equal(callers, 0);
});
