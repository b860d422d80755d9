// Signing in to a server that wants to know who calls: said once, a wrong token is not kept, a right
// one is, in no file, and signing out ends it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { eventually, eventuallyOneOf } from "../harness/eventually.js";
import { Process } from "../harness/process.js";
import { Session } from "../harness/session.js";
import { as, specText } from "./specs.js";

const TOKEN = "gvl_0123456789abcdef0123456789abcdef";

let session;
let server;
let address;
let editor;
let repository;
let options;

before(async () => {
  session = await Session.start();
  const { bin, policy, root, variables } = session.environment;
  const tokens = join(root, "tokens");
  writeFileSync(tokens, `ana ${createHash("sha256").update(TOKEN).digest("hex")}\n`);
  const addressFile = join(root, "strict-address");
  const args = ["--tokens", tokens, "--policy", policy, "--state", join(root, "strict"),
    "--listen", "127.0.0.1:0", "--address-file", addressFile];
  server = new Process(join(bin, "gaveld"), args, { env: variables, log: join(root, "strict.log") });
  address = await eventually("gaveld listens", () =>
    existsSync(addressFile) && (readFileSync(addressFile, "utf8").trim() || false));
  repository = session.repository("uploads");
  repository.write("specs/2026-keys.md", specText({ title: "Keys" }));
  repository.commit();
  // GAVEL_AS is set as well: a real server must not hear of it, let alone believe it.
  options = as("gus", session, { "gavel.server": address });
  editor = await session.open(repository.folder, options);
});

after(async () => {
  await server?.kill();
  await session?.end();
});

// Asks the editor to sign in with a token.
async function signIn(token) {
  await editor.runCommand("Gavel: Sign In");
  await editor.pick("Paste a token");
  await editor.answer(token);
}

test("who is not signed in is told once, and the view has the button", () =>
  session.during("signed out", async () => {
    await editor.openContainer("Specs");
    await eventually("the view says so", async () =>
      /You are not signed in/.test(await editor.welcome("Your turn")));
    await editor.status("Sign in to specs");
    const told = await editor.notifications();
    assert.equal(told.filter((text) => /wants to know who you are/.test(text)).length, 1);
    await session.picture("signed-out");
  }));

test("a wrong token is refused and not kept", () =>
  session.during("wrong token", async () => {
    await signIn("gvl_wrong");
    await eventuallyOneOf("a refusal", /Not signed in, and nothing was kept/, () =>
      editor.notifications());
    await editor.status("Sign in to specs");
  }));

test("a right token signs in, and is in no file that others can read", () =>
  session.during("right token", async () => {
    await signIn(TOKEN);
    await eventuallyOneOf("a greeting", /Signed in to .* as @ana/, () => editor.notifications());
    await eventually("the view is that of a person", async () =>
      /Nothing waits for you/.test(await editor.welcome("Your turn")));
    assert.deepEqual(filesWith(TOKEN, session.environment.root), []);
    await session.picture("signed-in");
  }));

test("after signing out nothing is shown any more", () =>
  session.during("sign out", async () => {
    await editor.runCommand("Gavel: Sign Out");
    await eventually("the view says so", async () =>
      /You are not signed in/.test(await editor.welcome("Your turn")));
  }));

// Asks the editor to sign in with what the command line client has.
async function signInLikeTerminal() {
  await editor.runCommand("Notifications: Clear All Notifications");
  await editor.runCommand("Gavel: Sign In");
  await editor.pick("Use the command line client's");
  await editor.answerDialog("Use It");
}

test("without a token in the terminal the editor says what to do", () =>
  session.during("no token in the terminal", async () => {
    await signInLikeTerminal();
    await eventuallyOneOf("a way out", /has no token .*gavel auth login/, () =>
      editor.notifications());
  }));

test("what was signed in with in a terminal is taken over", () =>
  session.during("token of the terminal", async () => {
    const { bin, variables } = session.environment;
    const env = { ...variables, GAVEL_SERVER: address };
    const words = ["auth", "login", "--with-token", "--insecure-storage"];
    const stdio = ["pipe", "ignore", "ignore"];
    execFileSync(join(bin, "gavel"), words, { env, input: TOKEN, stdio });
    await signInLikeTerminal();
    await eventuallyOneOf("a greeting", /Signed in to .* as @ana/, () => editor.notifications());
    await eventually("the view is that of a person", async () =>
      /Nothing waits for you/.test(await editor.welcome("Your turn")));
  }));

test("the walkthrough's buttons work and mark their steps", () =>
  session.during("walkthrough", async () => {
    await editor.runCommand("Welcome: Open Walkthrough");
    await editor.pick("From a text to a decision");
    const steps = editor.page.locator(".getting-started-step");
    await eventually("the steps are there", async () => (await steps.count()) === 4);
    await steps.first().getByRole("button", { name: "Sign in" }).click();
    await eventually("how is asked", async () => (await editor.choices()).length === 2);
    await editor.press("Escape");
    await steps.first().locator(".codicon.complete").waitFor();
    await session.picture("walkthrough");
  }));

// Files below a folder that hold a text in the clear.
function filesWith(text, folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .filter((path) => readFileSync(path).includes(text));
}
