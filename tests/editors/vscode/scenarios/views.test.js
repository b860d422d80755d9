// The views while things change under them: what matters of a row is seen before it is cut off, and
// the meeting that is next is the one that is unfolded.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually } from "../harness/eventually.js";
import { Session } from "../harness/session.js";
import { as, specText } from "./specs.js";

const PATH = "specs/2026-keys.md";
const TITLE = "Signing keys for each tenant, with a rotation that nobody has to think of any more";

let session;
let gaveld;
let editor;

before(async () => {
  session = await Session.start();
  gaveld = session.gaveld;
  const repository = session.repository("uploads");
  repository.write(PATH, specText({ title: "Thing" }).replace(/^title: .*$/m, `title: "${TITLE}"`)
    .replace(/^# .*$/m, `# ${TITLE}`));
  repository.write(".gavel.yaml", "area: media\n");
  repository.commit();
  await gaveld.gavel("ana", "submit", join(repository.folder, PATH), "--yes");
  editor = await session.open(repository.folder, as("kim", session));
  await editor.openContainer("Specs");
});

after(() => session?.end());

test("a long title does not hide until when a spec waits", () =>
  session.during("long title", async () => {
    const row = await editor.row("Your turn", /^MEDIA-1 due .* · Signing keys/);
    const due = /due [^·]*\d/.exec(row)[0];
    assert.equal(await editor.isCutOff("Your turn", due), false);
    assert.equal(await editor.isCutOff("Your turn", "of any more"), true);
    await session.picture("long-title");
  }));

test("a meeting that becomes the next one is unfolded, and what people fold stays so", () =>
  session.during("next meeting", async () => {
    const folds = async () => {
      const rows = (await editor.view("Next meeting")).locator("[role=treeitem][aria-level='1']");
      return rows.evaluateAll((all) =>
        all.map((each) => `${each.ariaLabel.split(":")[0]} ${each.getAttribute("aria-expanded")}`));
    };
    const becomes = (...wanted) => eventually(`the folds are ${wanted}`, async () =>
      (await folds()).join() === wanted.join());
    await becomes("media true", "platform false");
    await gaveld.gavel("gus", "meeting", "cancel", "2026-11-26-media", "-m", "Holiday.");
    await becomes("platform true", "media false");
    await session.picture("next-meeting");
    await editor.openRow("Next meeting", /^platform:/);
    await becomes("platform false", "media false");
    await gaveld.gavel("gus", "meeting", "cancel", "2026-12-03-media", "-m", "Holiday.");
    await editor.row("Next meeting", /media: Thu 10 Dec/);
    await becomes("platform false", "media false");
  }));
