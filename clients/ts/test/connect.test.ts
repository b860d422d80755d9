import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Http2Server } from "node:http2";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

import { connectNodeAdapter } from "@connectrpc/connect-node";

import { Code, connect, ServerService, type ConnectOptions, type Gavel } from "../src/index.js";

/** A server on HTTP/2 without TLS, and the headers of every call. */
function recordingServer(): { server: Http2Server; seen: Headers[] } {
  const seen: Headers[] = [];
  const handler = connectNodeAdapter({
    routes: ({ service }) => {
      service(ServerService, {
        getServerInfo: (_request, context) => {
          seen.push(context.requestHeader);
          return {};
        },
      });
    },
  });
  return { server: createServer(handler), seen };
}

async function listen(
  context: TestContext,
  server: net.Server | Http2Server,
  where: { port: number; host: string } | { path: string },
): Promise<string> {
  await new Promise<void>((resolve) => server.listen(where, resolve));
  context.after(() => server.close());
  const address = server.address();
  assert.ok(address);
  return typeof address === "string" ? `unix:${address}` : `127.0.0.1:${address.port}`;
}

const anyPort = { port: 0, host: "127.0.0.1" };

function client(context: TestContext, options: ConnectOptions): Gavel {
  const gavel = connect(options);
  context.after(() => gavel.close());
  return gavel;
}

test("every call says who calls, with what program, and until when", async (context) => {
  const { server, seen } = recordingServer();
  const address = await listen(context, server, anyPort);
  const options = { server: address, as: "ana", token: "gvl_1", userAgent: "gavel-test/1" };
  await client(context, options).server.getServerInfo({});
  assert.equal(seen[0]?.get("gavel-principal"), "ana");
  assert.equal(seen[0]?.get("authorization"), "Bearer gvl_1");
  assert.equal(seen[0]?.get("user-agent"), "gavel-test/1");
  assert.equal(seen[0]?.get("grpc-timeout"), "10000m");
});

test("who is nobody says nothing", async (context) => {
  const { server, seen } = recordingServer();
  const address = await listen(context, server, anyPort);
  await client(context, { server: address, as: "", token: "" }).server.getServerInfo({});
  assert.equal(seen[0]?.get("gavel-principal"), null);
  assert.equal(seen[0]?.get("authorization"), null);
});

test("a token is asked for at every call", async (context) => {
  const { server, seen } = recordingServer();
  const address = await listen(context, server, anyPort);
  const tokens = ["gvl_old", undefined, "gvl_new"];
  const gavel = client(context, { server: address, token: async () => tokens.shift() });
  for (let call = 0; call < 3; call += 1) await gavel.server.getServerInfo({});
  const sent = seen.map((headers) => headers.get("authorization"));
  assert.deepEqual(sent, ["Bearer gvl_old", null, "Bearer gvl_new"]);
});

test("a Unix socket is a server, too", async (context) => {
  const { server, seen } = recordingServer();
  const folder = await mkdtemp(join(tmpdir(), "gavel-ts-"));
  context.after(() => rm(folder, { recursive: true }));
  const address = await listen(context, server, { path: join(folder, "socket") });
  await client(context, { server: address, token: "gvl_1" }).server.getServerInfo({});
  assert.equal(seen.length, 1);
});

test("a server that never answers costs the deadline, no more", async (context) => {
  const silent = net.createServer((socket) => context.after(() => socket.destroy()));
  const address = await listen(context, silent, anyPort);
  const gavel = client(context, { server: address, timeoutMs: 200 });
  const start = Date.now();
  await assert.rejects(gavel.server.getServerInfo({}), { code: Code.DeadlineExceeded });
  assert.ok(Date.now() - start < 5_000);
});

test("a call waits for a server that is about to come back", async (context) => {
  const { server, seen } = recordingServer();
  const reserved = net.createServer();
  const address = await listen(context, reserved, anyPort);
  await new Promise((resolve) => reserved.close(resolve));
  const call = client(context, { server: address }).server.getServerInfo({});
  setTimeout(() => {
    void listen(context, server, { port: Number(address.split(":")[1]), host: "127.0.0.1" });
  }, 300);
  await call;
  assert.equal(seen.length, 1);
});

test("a server that is not there is given up when the time is up", async (context) => {
  const reserved = net.createServer();
  const address = await listen(context, reserved, anyPort);
  await new Promise((resolve) => reserved.close(resolve));
  const gavel = client(context, { server: address, timeoutMs: 300 });
  await assert.rejects(gavel.server.getServerInfo({}), (error: { code: Code }) =>
    error.code === Code.Unavailable || error.code === Code.DeadlineExceeded);
});
