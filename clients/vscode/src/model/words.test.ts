import assert from "node:assert/strict";
import { test } from "node:test";

import { oneLine, remarkMarkdown, withoutIcons, withoutLinks } from "./words";

test("a title is one line that reads as it is written", () => {
  assert.equal(oneLine(" a\nb\u2028c\t d "), "a b c d");
  assert.equal(oneLine("pay \u202eevil\u202c \u061c\u2066x\u2069 \u{e0041}y"), "pay evil x y");
});

test("a notification has no link that people wrote", () => {
  const link = "[details](command:workbench.action.terminal.new)";
  assert.equal(withoutLinks(link), "[details] (command:workbench.action.terminal.new)");
  assert.equal(withoutLinks(oneLine("[a]\u200b(command:b)")).includes("]("), false);
});

test("a choice has no picture that people wrote", () => {
  assert.equal(withoutIcons("$(pass) Approved"), "$\u200b(pass) Approved");
});

const PICTURES = [
  "![p](https://a.example/p.png)",
  "\\\\![p](https://a.example/p.png)",
  "![p][r]\n\n[r]: https://a.example/p.png",
  "![r]\n\n> [r]: https://a.example/p.png",
];
for (const picture of PICTURES) {
  test(`no picture is fetched for ${JSON.stringify(picture)}`, () =>
    assert.equal(remarkMarkdown(picture).includes("!["), false));
}

test("a remark stays as it is otherwise", () => {
  for (const text of ["`vec![1]`", "[a](https://b.example)", "**bold** 100 %!"]) {
    assert.equal(remarkMarkdown(text), text);
  }
  assert.equal(remarkMarkdown("a \u202eb\u202c"), "a b");
});
