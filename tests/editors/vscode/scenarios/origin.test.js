// A server that only the workspace names, in a workspace that is trusted: people are asked, once,
// and Enter is no. After a yes no token goes there that was not made for it.
import assert from "node:assert/strict";
import { createServer } from "node:http2";
import { after, before, test } from "node:test";

import { eventually } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, specText } from "./specs.js";

let session;
let repository;
let options;
let named;
let trap;
const callers = []; // Program and token of every call to the workspace's server.

before(async () => {
  trap = createServer();
  trap.on("stream", (stream, headers) => {
    callers.push(`${headers["user-agent"]?.split("/")[0]} ${headers.authorization ?? "no token"}`);
    stream.on("error", () => {});
    const unavailable = { ":status": 200, "content-type": "application/grpc", "grpc-status": "14" };
    stream.respond(unavailable, { endStream: true });
  });
  await new Promise((listening) => trap.listen(0, "127.0.0.1", listening));
  named = `127.0.0.1:${trap.address().port}`;
  session = await Session.start();
  repository = session.repository("uploads");
  repository.write("specs/2026-keys.md", specText({ title: "Keys" }));
  repository.write(".gavel.yaml", "area: media\n");
  repository.write(".vscode/settings.json", JSON.stringify({ "gavel.server": named }));
  repository.commit();
  options = as("kim", session, { "gavel.online": true });
  options.variables.GAVEL_TOKEN = "gvl_of_the_environment";
});

after(async () => {
  await session?.end();
  trap?.close();
});

const dialogOf = (editor) => editor.page.locator(".monaco-dialog-box");

test("Enter keeps the reader's own server, and that was the only question", () =>
  session.during("own server", async () => {
    const editor = await session.open(repository.folder, as("kim", session));
    await dialogOf(editor).getByText(`names the spec server ${named}`).waitFor();
    await session.picture("named-server");
    assert.equal(callers.length, 0);
    await editor.press("Enter");
    await editor.openContainer("Specs");
    await eventually("the reader's own server answered", async () =>
      /Nothing waits for you/.test(await editor.welcome("Your turn")));
    await editor.openFile("specs/2026-keys.md");
    await editor.status(/^spec: |^would /);
    assert.equal(await dialogOf(editor).count(), 0);
    assert.equal(callers.length, 0);
  }));

test("after a yes the server is asked, without the token of the environment", () =>
  session.during("named server", async () => {
    const editor = await session.open(repository.folder, options);
    await dialogOf(editor).waitFor();
    await editor.answerDialog("Use It");
    await editor.openFile("specs/2026-keys.md");
    await eventually("the editor and the client asked it", () =>
      ["gavel-vscode", "gavel-cli"].every((program) =>
        callers.some((caller) => caller.startsWith(program))));
    await editor.status(/specs offline/);
    assert.equal(await dialogOf(editor).count(), 0);
    assert.deepEqual(callers.filter((caller) => !caller.endsWith("no token")), []);
  }));
