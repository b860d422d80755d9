import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { DescService } from "@bufbuild/protobuf";

import * as gavel from "../src/index.js";
import { isSafeToRepeat } from "../src/repeat.js";

const dist = new URL("../", import.meta.url);

test("every generated file of gavel.v1 is exported", () => {
  const generated = readdirSync(new URL("gen/gavel/v1/", dist)).filter((file) =>
    file.endsWith(".js"),
  );
  const text = readFileSync(new URL("src/messages.js", dist), "utf8");
  const exported = text.matchAll(/v1\/(\w+\.js)/g);
  assert.ok(generated.length > 0);
  assert.deepEqual(Array.from(exported, (match) => match[1]).sort(), generated.sort());
});

test("a write without a request id is never repeated, every read is", () => {
  const exported = Object.values(gavel) as unknown[];
  const services = exported.filter(
    (value): value is DescService => (value as DescService).kind === "service",
  );
  assert.equal(services.length, 7);
  const reads = /^(Get|List|Find|Search|Explain|Export|Evaluate|Validate|Test|Diff|Replay)/;
  for (const method of services.flatMap((service) => service.methods)) {
    if (method.methodKind !== "unary") continue;
    const safe = isSafeToRepeat(method, gavel.create(method.input));
    assert.equal(safe, reads.test(method.name), method.name);
  }
});
