import assert from "node:assert/strict";
import { test } from "node:test";

import { environmentFor, isAddress } from "./origin";

const own = { address: "specs.example.org:4283", ofWorkspace: false };
const named = { address: "elsewhere.example:4283", ofWorkspace: true };

test("the editor's token for a server is the only one that the client is told", () => {
  for (const server of [own, named]) {
    assert.deepEqual(environmentFor(server, "gvl_x", "/empty"), {
      GAVEL_SERVER: server.address,
      GAVEL_TOKEN: "gvl_x",
      GAVEL_TOKEN_FILE: "",
    });
  }
});

test("tokens of the environment and of settings stay away from a workspace's server", () => {
  assert.deepEqual(environmentFor(named, "", "/empty"), {
    GAVEL_SERVER: named.address,
    GAVEL_TOKEN: "",
    GAVEL_TOKEN_FILE: "/empty",
  });
  assert.deepEqual(environmentFor(own, "", "/empty"), { GAVEL_SERVER: own.address });
});

const ADDRESSES = ["localhost:4283", "https://specs.example.org:4283", "[::1]:4283", "10.0.0.1:1"];
for (const address of ADDRESSES) {
  test(`${address} is an address`, () => assert.ok(isAddress(address)));
}

const TRICKS = ["", "a:1 (checked by Gavel)", "a:1\nb:2", "a:1\u202e", "\u0430cme:1", "$(x)"];
for (const trick of TRICKS) {
  test(`${JSON.stringify(trick)} is none that people are asked about`, () =>
    assert.equal(isAddress(trick), false));
}
