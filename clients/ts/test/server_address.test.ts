import assert from "node:assert/strict";
import { test } from "node:test";

import { connect, TokenInClearTextError } from "../src/index.js";
import { parseServer } from "../src/server_address.js";

const addresses: { server: string; url: string; confidential: boolean }[] = [
  { server: "127.0.0.1:4283", url: "http://127.0.0.1:4283", confidential: true },
  { server: "localhost:4283", url: "http://localhost:4283", confidential: true },
  { server: "[::1]:4283", url: "http://[::1]:4283", confidential: true },
  { server: "unix:/run/gavel.sock", url: "http://localhost", confidential: true },
  { server: "https://gavel.example:443", url: "https://gavel.example", confidential: true },
  { server: "gavel.example:4283", url: "http://gavel.example:4283", confidential: false },
  { server: "127.gavel.example:4283", url: "http://127.gavel.example:4283", confidential: false },
  { server: "localhost.example:1", url: "http://localhost.example:1", confidential: false },
];

for (const { server, url, confidential } of addresses) {
  test(`${server} is ${confidential ? "confidential" : "readable on the network"}`, () => {
    const address = parseServer(server);
    assert.equal(address.url, url);
    assert.equal(address.confidential, confidential);
  });

  test(`a token for ${server} is ${confidential ? "sent" : "refused"}`, () => {
    for (const token of ["gvl_secret", () => "gvl_secret"]) {
      if (confidential) connect({ server, token }).close();
      else assert.throws(() => connect({ server, token }), TokenInClearTextError);
    }
  });
}

for (const server of ["", "gavel.example:port", "gavel.example/path", "a@b:1", "x:1/"]) {
  test(`\`${server}\` is no address`, () => {
    assert.throws(() => parseServer(server), TypeError);
  });
}
