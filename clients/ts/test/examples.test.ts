import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { connectNodeAdapter } from "@connectrpc/connect-node";

import { Code, ConnectError, WatchService } from "../src/index.js";

// Who is not signed in gets no events; anybody else gets one, and then a stream that stays open.
const adapter = connectNodeAdapter({
  routes: ({ service }) => {
    service(WatchService, {
      async *watchEvents(_, { requestHeader, signal }) {
        if (requestHeader.get("gavel-principal") === null) {
          throw new ConnectError("sign in first", Code.Unauthenticated);
        }
        const events = [{ seq: 1n, commandSeq: 1n }];
        yield { fromSeqExclusive: 0n, throughSeq: 1n, cursor: Uint8Array.of(1), events };
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    });
  },
});
const server = createServer(adapter);

let folder: string;
let address: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "examples-"));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** What the bot says when it ends, and how. */
function decisions(cursor: string, person?: string): Promise<{ code: unknown; said: string }> {
  const program = fileURLToPath(new URL("../examples/decisions.js", import.meta.url));
  const env = { GAVEL_SERVER: address, ...(person === undefined ? {} : { GAVEL_AS: person }) };
  return new Promise((resolve) => {
    const options = { env, timeout: 20_000 };
    execFile(process.execPath, [program, cursor], options, (error, stdout, stderr) =>
      resolve({ code: error?.code, said: stdout + stderr }),
    );
  });
}

test("a file that holds no cursor ends the bot in a line", async () => {
  const path = join(folder, "bad.cursor");
  await writeFile(path, "not a cursor\n");
  const { code, said } = await decisions(path, "ana");
  assert.equal(said, `${path} holds no cursor: delete it to begin anew\n`);
  assert.equal(code, 1);
});

test("who is not signed in is told so in a line", async () => {
  const { code, said } = await decisions(join(folder, "new.cursor"));
  assert.equal(said, "sign in first\n");
  assert.equal(code, 1);
});

test("a cursor file that cannot be written ends the bot in a line", async () => {
  const path = join(folder, "nowhere", "new.cursor");
  const { code, said } = await decisions(path, "ana");
  assert.match(said, /^ENOENT: [^\n]*new\.cursor[^\n]*\n$/);
  assert.equal(code, 1);
});

test("a server that is no address is named in a line", async () => {
  const real = address;
  address = "not an address";
  const { code, said } = await decisions(join(folder, "new.cursor"), "ana");
  address = real;
  assert.equal(said, "`not an address` is not HOST:PORT, unix:PATH or https://HOST:PORT\n");
  assert.equal(code, 1);
});
