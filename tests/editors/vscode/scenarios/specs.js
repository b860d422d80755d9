// Specs to work on, and what the tests ask the server about them.
import { join } from "node:path";


/** A spec of the media area by Ana, with lines that threads can be on. */
export function specText({ title, use = "kms/standard", key = "" }) {
  return `---
spec: 1
${key === "" ? "" : `key: ${key}\n`}title: ${title}
summary: ${title}, described in two sentences so that readers know. It is one of several.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{use: ${use}, for: uploads}]
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: 40}
change: {reversible: true, blast_radius: low}
---
# ${title}

## Summary
${title}. Each tenant signs with a key of its own, so that a key that leaks is the trouble of one
tenant and not of everybody. Nothing changes for those who only read what was signed.

## Design
Keys are made per tenant on first use.

They live for a quarter.

## Key rotation
Keys are rotated by hand each quarter.

Nobody is told when that happens.

## Cost
About 40 USD a month: one key per tenant, two hundred tenants, and a price per key and month of
twenty cents. Requests are not counted, as they stay far below what is free.

## Alternatives considered
One key for everybody: simple, and cheap, but a leak would be everybody's, and rotating it would
stop the uploads of every tenant for as long as it takes to send out the new one.

## Risks, rollout and rollback
Behind a flag, tenant by tenant, the smallest first, one a day. Rollback is the flag: the old key
stays valid for a quarter, so that what was signed before can be checked all the time.
`;
}

export const ROTATION = "Keys are rotated by hand each quarter.";
export const LIFETIME = "They live for a quarter.";

/** Number of the line of `text` that is `line`, from 1. */
export function lineOf(text, line) {
  return text.split("\n").indexOf(line) + 1;
}

/** The comments of a spec as the server has them. */
export async function commentsOf(gaveld, key) {
  const method = "gavel.v1.SpecService/ListComments";
  const request = JSON.stringify({ spec: key });
  return JSON.parse(await gaveld.gavel("gus", "api", method, "-d", request)).comments ?? [];
}

/** What the editor needs to be a person on this server. */
export function as(person, session, settings = {}) {
  const { gaveld, environment } = session;
  return {
    settings: {
      "gavel.server": gaveld.address,
      // The editor takes its PATH from a login shell, not from us.
      "gavel.cliPath": join(environment.bin, "gavel"),
      ...settings,
    },
    variables: { GAVEL_AS: person },
  };
}
