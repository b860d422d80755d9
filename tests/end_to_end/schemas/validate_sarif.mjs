// Judges SARIF files by the schema that comes with Microsoft's validator: `node validate_sarif.mjs
// FILE…` prints what is wrong and exits 1, or prints how many files are valid.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const require = createRequire(import.meta.url);
const schema = require("@microsoft/sarif-multitool-linux/sarif-2.1.0.json");
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const isValid = ajv.compile(schema);

const files = process.argv.slice(2);
let wrong = 0;
for (const file of files) {
  if (isValid(JSON.parse(readFileSync(file, "utf8")))) continue;
  wrong += 1;
  for (const error of isValid.errors) {
    console.log(`${file}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  }
}
if (wrong > 0) process.exit(1);
console.log(`${files.length} valid`);
