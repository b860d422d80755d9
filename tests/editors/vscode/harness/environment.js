// Where things are, and settings that are nobody's: nothing of the user's takes part in a test.
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Reads what `run` was told; `root` is a fresh folder for everything that a test writes. */
export function prepareEnvironment() {
  const root = mkdtempSync(join(tmpdir(), "gavel-vscode-"));
  const folder = (name) => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const bin = required("GAVEL_TEST_BIN");
  return {
    root,
    bin,
    policy: required("GAVEL_TEST_POLICY"),
    vscode: required("GAVEL_TEST_VSCODE"),
    extension: process.env.GAVEL_TEST_VSIX,
    pictures: required("GAVEL_TEST_PICTURES"),
    variables: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: folder("home"),
      XDG_CONFIG_HOME: folder("home/config"),
      XDG_CACHE_HOME: folder("home/cache"),
      XDG_STATE_HOME: folder("home/state"),
      GIT_CONFIG_NOSYSTEM: "1",
      TZ: "UTC",
      LANG: "C.UTF-8",
    },
  };
}

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; start the tests with tests/editors/vscode/run`);
  return value;
}
