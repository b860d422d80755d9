// The harness itself: the real editor on a real folder, without anything of ours in it yet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { eventually } from "../harness/eventually.js";
import { Session } from "../harness/session.js";

let session;
let repository;

before(async () => {
  session = await Session.start();
  repository = session.repository("uploads");
  repository.write("README.md", "# Uploads\n\nText.\n");
  repository.commit();
});

after(() => session?.end());

test("a folder opens, and a file can be edited and saved", () =>
  session.during("workbench", async () => {
    const editor = await session.open(repository.folder);
    await editor.openFile("README.md");
    await editor.goTo(3);
    await editor.press("End");
    await editor.type(" More text.");
    await editor.save();
    assert.equal(repository.read("README.md"), "# Uploads\n\nText. More text.\n");
    await editor.status("main*");
    await session.picture("workbench");
  }));

test("gaveld comes back on its address", async () => {
  const { address } = session.gaveld;
  await session.gaveld.kill();
  await session.gaveld.start();
  assert.equal(session.gaveld.address, address);
  await eventually("it answers", () => session.gaveld.gavel("ana", "inbox"));
});
