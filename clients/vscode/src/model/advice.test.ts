import assert from "node:assert/strict";
import { test } from "node:test";

import { adviceHere } from "./advice";

test("without a policy the advice is a command, not a setting that is not there", () => {
  const { text, check } = adviceHere(
    "No policy of specs:4283 was fetched yet, so only the form of specs is checked. " +
      "Run `gavel check --online`, or set `gavel.rules` to a policy folder.",
  );
  assert.equal(
    text,
    "No policy of specs:4283 was fetched yet, so only the form of specs is checked. " +
      "“Gavel: Check” fetches it.",
  );
  assert.ok(check);
});

test("any other message stays as it is", () => {
  const text = "The policy cannot be read: `gavel.rules`.";
  assert.deepEqual(adviceHere(text), { text, check: false });
});
