"""Reviewing in Neovim: inbox, threads, drafts, live updates, a hostile spec, a dead server.

Usage: review_test.py BIN_DIR POLICY_DIR

A real editor, the real command line and a real server.
"""

import pathlib
import sys
from unicodedata import east_asian_width

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))

from editor import Editor, wait_for  # noqa: E402
from gavel_service import SPEC, Service, commit_all, expect  # noqa: E402

passed = 0

WORDS = "\n".join(f"Sentence number {i} of the body." for i in range(1, 21))


def check(holds, message):
    """One thing that must hold; counted."""
    global passed
    expect(holds, message)
    passed += 1


def submit(service, folder, name, title, words, tier="postgres/dedicated-xl"):
    """Submits a spec as its author; its key."""
    (folder / name).write_text(SPEC.format(title=title, tier=tier, words=words))
    commit_all(folder)
    done = service.gavel("ana", "submit", name, "--yes", "--json=key", cwd=folder)
    expect(done.returncode == 0, f"submit {name}: {done.stdout}{done.stderr}")
    return done.stdout.split('"')[3]


def ok(done):
    expect(done.returncode == 0, f"{done.args}: {done.stdout}{done.stderr}")
    return done


def open_spec(editor, key):
    editor.command(f"Gavel open {key}")
    editor.wait(f"local r = require('gavel.review').of(0) return r and r.key == '{key}'",
                f"{key} in a buffer")


def line_with(editor, text):
    """The number, from 1, of the first line with `text`."""
    for number, line in enumerate(editor.lines(), 1):
        if text in line:
            return number
    raise AssertionError(f"no line with {text!r}")


def test_inbox(editor, key):
    check(editor.lua("return package.loaded['gavel.cli'] == nil"),
          "the plugin did something before it was asked")
    editor.command("Gavel inbox")
    editor.wait("return vim.api.nvim_get_current_line():match('MEDIA')", "the inbox")
    check("take a position on revision 1" in editor.lines()[0], f"inbox: {editor.lines()}")
    editor.keys("<CR>")
    editor.wait(f"return vim.fn.bufname() == 'gavel://{key}'", "<CR> on an inbox line")
    editor.wait("return #vim.api.nvim_buf_get_lines(0, 0, -1, false) > 10", "the text")
    text = "\n".join(editor.lines())
    check(f"{key}  A ledger of its own" in text and "ASYNC_REVIEW" in text, f"header:\n{text}")
    check("Whose turn" in text and "Gates" in text and "Sentence number 20" in text, text)
    check(editor.lua("return {vim.bo.modifiable, vim.bo.modeline, vim.bo.buftype}")
          == [False, False, "acwrite"], "a spec's buffer is read-only and runs no modelines")
    for buffer in (key, "inbox"):
        editor.command(f"edit gavel://{buffer}")
        editor.lua("messages = {} return true")
        editor.command("write")
        editor.wait("return (messages[1] or ''):match(':Gavel comment says something')", buffer)
        check(not editor.lua("return vim.bo.modified"), f"{buffer} is modified")
    open_spec(editor, key)


def test_threads(service, editor, key):
    line = next(i for i, text in enumerate(
        ok(service.gavel("kim", "view", key)).stdout.splitlines(), 1) if "number 5 " in text)
    ok(service.gavel("chen", "concern", "raise", key, f"fail\tover \x1b[31m{' and over' * 5}",
                     "--blocking",
                     "-m", "Nobody has restored one.\nNot once. \u202e", "--done-when", "a drill",
                     "--line", line))
    ok(service.gavel("chen", "comment", key, "-m", f"Per day? {'長い文字列' * 20}",
                     "--line", line + 2))
    found = editor.wait("""
        local n = require('gavel.marks').namespace
        return #vim.api.nvim_buf_get_extmarks(0, n, 0, -1, {}) == 2""", "live threads")
    check(found, "threads appear by themselves")
    threads = editor.virtual_lines()
    check(threads[0][0] == line_with(editor, "number 5 "), f"the concern is elsewhere: {threads}")
    check("● c1 blocking" in threads[0][1] and "done when: a drill" in threads[0][1]
          and "@chen: Nobody has restored one." in threads[0][1], threads[0][1])
    check("○ m1" in threads[1][1] and "Per day?" in threads[1][1], threads[1][1])
    check(not any(c in threads[0][1] for c in "\x1b\t\u202e"), "controls reach the screen")
    check(editor.lua("return require('gavel').statusline()") == f"{key} ASYNC_REVIEW ●1",
          "statusline")
    editor.keys("gg]g")
    editor.wait(f"return vim.fn.line('.') == {threads[0][0]}", "]g to the first thread")
    editor.keys("2]g")
    editor.wait(f"return vim.fn.line('.') == {threads[0][0]}", "]g round to the first thread")
    editor.keys("[g")
    editor.wait(f"return vim.fn.line('.') == {threads[1][0]}", "[g round to the last thread")


def test_read_anew(editor, key):
    """A text that the editor read anew, or of which it was asked twice, is whole."""
    lines, places = editor.lines(), [line for line, _ in editor.virtual_lines()]
    for words in ("edit", "Gavel refresh", "edit!"):
        editor.command("Gavel refresh")
        editor.command(words)
        wait_for(lambda: editor.lines() == lines,
                 lambda: f"the text after :{words}: {editor.lines()}")
        check([line for line, _ in editor.virtual_lines()] == places, f"threads after :{words}")


def test_thread_list(service, editor, key):
    """All threads are in the location list, closed ones and every remark, too."""
    ok(service.gavel("chen", "concern", "raise", key, "closed one", "-m", "Why?\n\n\x1b[31mHow?"))
    ok(service.gavel("chen", "concern", "resolve", key, "closed one", "-m", "I see."))
    ok(service.gavel("chen", "comment", key, "-m", "To all of it."))
    ok(service.gavel("chen", "comment", key, "-m", "And once more."))
    check(editor.lua("return vim.fn.getcompletion('Gavel t', 'cmdline')") == ["threads"],
          "`threads` is not completed")
    editor.command("Gavel threads")
    editor.wait("return vim.bo.buftype == 'quickfix'", "the location list")
    title, lines = editor.lua("""
        local lines = vim.tbl_map(function(e) return {e.lnum, e.text} end, vim.fn.getloclist(0))
        return {vim.fn.getloclist(0, {title = 1}).title, lines}""")
    check(title == f"threads of {key}", title)
    editor.keys("<CR>")
    editor.wait(f"return vim.fn.bufname() == 'gavel://{key}'", "<CR> in the list")
    editor.command("lclose")
    header = lines[0][0]
    check([text for line, text in lines if line == header] == [
        "c2 question “closed one” — resolved", "c2 @chen: Why? [31mHow?", "c2 @chen: I see.",
        "m2 comment", "m2 @chen: To all of it.", "m3 comment", "m3 @chen: And once more."], f"{lines}")
    below = [[line, text] for line, text in lines if line != header]
    number_5 = line_with(editor, "number 5 ")
    check(below[0][0] == number_5 and below[0][1].startswith("c1 blocking “fail over")
          and below[1:3] == [[number_5, "c1 @chen: Nobody has restored one. Not once. "],
                             [number_5, "c1 done when: a drill"]], f"{below}")
    shown = editor.virtual_lines()[0]
    check(shown[0] == header and shown[1].index("c2") < shown[1].index("m2")
          < shown[1].index("m3"), f"whole-spec threads are not by time: {shown}")
    editor.keys("gg[g")


def test_narrow(editor):
    """What has no blanks is shown whole, however narrow the window is."""
    editor.command("set columns=40 | doautocmd VimResized")
    wide = [line for _, text in editor.virtual_lines() for line in text.split("\n")
            if sum(2 if east_asian_width(c) == "W" else 1 for c in line) > 40]
    check(not wide, f"cut off: {wide}")
    editor.command("set columns=80 | doautocmd VimResized")


def test_no_way(editor, key):
    """What cannot be done is said in a line, without a traceback."""
    editor.command("set nohidden | enew")
    editor.keys("iwords<Esc>")
    editor.wait("return vim.bo.modified", "a changed buffer")
    for words in (f"Gavel open {key}", "Gavel inbox"):
        editor.command(words)
        check("E37" in editor.messages()[-1] and "stack" not in editor.messages()[-1],
              f"{editor.messages()}")
    editor.command("enew! | set hidden")
    editor.command("edit new.md")
    editor.keys("i---<CR>spec: 1<CR>---<Esc>")
    editor.wait("return vim.api.nvim_buf_line_count(0) == 3", "a new spec")
    editor.command("Gavel threads")
    editor.wait("return messages[#messages]:match('no such file')", "why there are no threads")
    editor.command("bwipeout!")
    editor.command("edit nowhere/new.md")
    editor.command("Gavel submit")
    check("there is no folder" in editor.messages()[-1], f"{editor.messages()}")
    editor.command("bwipeout!")


def draft_is_open(editor, kind):
    editor.wait(f"return vim.fn.bufname():match('/draft/%d+%-{kind}$')", f"a draft of a {kind}")


def gone(editor):
    editor.wait("return not vim.fn.bufname():match('draft')", "the draft to close")


def comments(service, key):
    """Every comment of the spec, and every concern."""
    return ok(service.gavel("kim", "view", key, "--concerns", "--json")).stdout


def test_drafts(service, editor, key):
    editor.keys(",gr")
    draft_is_open(editor, "reply")
    text = "\n".join(editor.lines())
    check(f"Reply to m1 of {key}" in text and "authors @ana; reviewers @fay, @kim" in text, text)
    editor.keys("iYes, *per day*.<Esc>:w!<CR>")
    gone(editor)
    check('"text":"Yes, *per day*."' in comments(service, key)
          and "nothing below" not in comments(service, key), comments(service, key))
    editor.wait("""
        for _, t in ipairs(require('gavel.review').of(0).threads) do
          if t.id == 'm1' then return t.entries[2] end
        end""", "the reply shown")

    editor.command(f"{line_with(editor, 'number 9 ')}Gavel concern")
    draft_is_open(editor, "concern")
    check("> Sentence number 9 of the body." in editor.lines(), f"quote: {editor.lines()}")
    editor.lua("""vim.api.nvim_buf_set_lines(0, 0, 5, false, {
        'Name: -- key rotation', 'Blocking: yes', 'Done when: --', '', '- Who turns the key?'})""")
    editor.command("wq!")
    gone(editor)
    said = comments(service, key)
    check('"title":"-- key rotation"' in said and '"criteria":"--"' in said
          and '"text":"- Who turns the key?"' in said
          and '"quote":"Sentence number 9 of the body."' in said, said)

    editor.command("Gavel comment")
    draft_is_open(editor, "comment")
    editor.command("w!")
    check(editor.messages()[-1] == "gavel: there is nothing to send yet", editor.messages())
    editor.command("q!")

    editor.command("Gavel position")
    draft_is_open(editor, "position")
    editor.keys(":%s/approve/abstain/<CR>:w!<CR>")
    gone(editor)
    check(service.spec(key)["positions"][0]["kind"] == "KIND_ABSTAIN", "position")


def test_confirmation(service, editor, key):
    """`:w` asks; the answer decides."""
    before = comments(service, key)
    editor.command("Gavel comment")
    draft_is_open(editor, "comment")
    editor.lua("questions = {} vim.fn.confirm = function(q) table.insert(questions, q) return 2 end")
    editor.keys("iReally?<Esc>:w<CR>")
    question = editor.wait("return questions[1]", "a question")
    check("Comment on" in question and "authors @ana" in question, question)
    check(comments(service, key) == before, "sent without a yes")
    editor.lua("vim.fn.confirm = function() return 1 end")
    editor.command("w")
    gone(editor)
    check('"text":"Really?"' in comments(service, key), "not sent after a yes")


def test_dead_server(service, editor, key):
    """A draft outlives a server that is away, and is sent once."""
    editor.command("Gavel comment")
    draft_is_open(editor, "comment")
    service.kill()
    editor.keys("iStill here.<Esc>:w!<CR>")
    editor.wait("return table.concat(messages):match('nothing is lost')", "an error")
    check("Still here." in editor.lines() and editor.lua("return vim.bo.modified"),
          f"the text is gone: {editor.lines()}")
    service.start()
    editor.keys(":w!<CR>")
    gone(editor)
    check(comments(service, key).count("Still here.") == 1, comments(service, key))
    ok(service.gavel("chen", "comment", key, "-m", "After the restart."))
    editor.wait("""
        for _, t in ipairs(require('gavel.review').of(0).threads) do
          for _, e in ipairs(t.entries) do
            if e.text == 'After the restart.' then return true end
          end
        end""", "live updates after a restart")
    check(True, "")


def test_sent_once(service, editor, key):
    """An answer that got lost: the same draft again is the same comment."""
    words = ("comment", key, "-m", "Only once.", "--request-id",
             "11111111-2222-4333-8444-555555555555")
    ok(service.gavel("kim", *words))
    ok(service.gavel("kim", *words))
    check(comments(service, key).count("Only once.") == 1, "one request id, two comments")
    editor.command("Gavel comment")
    draft_is_open(editor, "comment")
    # The client ends after the server has acted: what a lost connection looks like from here.
    editor.lua("""
        local cli = require('gavel.cli')
        local run = cli.run
        cli.run = function(words, options, done)
          if words[1] ~= 'comment' then return run(words, options, done) end
          cli.run = run
          run(words, options, function() done({code = 3, lines = {}, error = 'lost'}) end)
        end""")
    editor.keys("iSaid twice.<Esc>:w!<CR>")
    editor.wait("return table.concat(messages):match('gavel: lost')", "the loss")
    editor.keys(":w!<CR>")
    gone(editor)
    check(comments(service, key).count("Said twice.") == 1, comments(service, key))
    check(not editor.lua("return vim.bo.modified"), "another buffer was written")


def test_file(service, editor, folder, key):
    """Threads in the author's file follow its edits; what is sent names the revision's line."""
    editor.command("edit ledger.md")
    editor.command("Gavel threads")
    editor.wait("return vim.bo.buftype == 'quickfix'", "threads of a file")
    editor.command("lclose")
    places = [line for line, _ in editor.virtual_lines()]
    check(line_with(editor, "number 5 ") in places, f"{places}")
    editor.keys("gg/Summary<CR>Oone<CR>two<CR>three<Esc>:write<CR>")
    editor.wait("return not vim.bo.modified and vim.fn.search('three', 'n') > 0", "an edit")
    places = [line for line, _ in editor.virtual_lines()]
    check(line_with(editor, "number 5 ") in places, f"threads do not follow: {places}")
    editor.lua("require('gavel.review').redraw(vim.api.nvim_get_current_buf()) return true")
    places = [line for line, _ in editor.virtual_lines()]
    check(line_with(editor, "number 5 ") in places, f"nor by diff: {places}")

    editor.keys(f"{line_with(editor, 'number 5 ')}Gdd")
    editor.wait("return vim.fn.search('number 5 ', 'n') == 0", "a line without its text")
    editor.keys("u")
    editor.wait(f"""
        local n, at = require('gavel.marks').namespace, vim.fn.search('number 5 ', 'nw')
        return at > 0 and #vim.api.nvim_buf_get_extmarks(0, n, {{at - 1, 0}}, {{at - 1, -1}}, {{}}) > 0
        """, "the thread back on its line")

    editor.command(f"{line_with(editor, 'number 12 ')}Gavel comment")
    draft_is_open(editor, "comment")
    editor.keys("iFrom the file.<Esc>:w!<CR>")
    gone(editor)
    check('"quote":"Sentence number 12 of the body."' in comments(service, key),
          comments(service, key))
    editor.command("edit ledger.md")
    editor.command(f"{line_with(editor, 'three')}Gavel comment")
    editor.wait("return messages[#messages]:match('not in revision')", "a refusal")
    check("draft" not in editor.name(), "a line that no revision has was commented on")


def test_what_to_choose(editor, folder, key):
    """A renamed spec is not submitted before somebody says which one it is."""
    (folder / "ledger.md").rename(folder / "better.md")
    commit_all(folder)
    editor.command("edit better.md")
    editor.command("Gavel submit")
    said = editor.wait("return messages[#messages]:match('looks like .*')", "a refusal")
    check(f"--spec {key}" in said and "--new" in said, said)


def test_hostile_text(service, editor, folder):
    """A spec with escapes and a modeline is shown, not obeyed."""
    words = "vim: set shell=/bin/false ts=3: \x1b]0;owned\x07\r\n" + WORDS + \
        "\n<!-- vim: ft=lua ts=3 -->"
    key = submit(service, folder, "evil.md", "A modeline in the text", words)
    ok(service.gavel("chen", "concern", "raise", key, "x\ny | quit!", "-m", "z\n:q!\n\x1bZZ"))
    open_spec(editor, key)
    check(editor.lua("return {vim.bo.tabstop, vim.bo.filetype}") == [8, "markdown"], "a modeline ran")
    check("x y | quit!" in editor.virtual_lines()[0][1], f"{editor.virtual_lines()}")
    editor.command("Gavel open MEDIA-1|quit")
    check("key looks like" in editor.messages()[-1], f"{editor.messages()}")
    editor.command("edit gavel://../../etc/passwd")
    check("a name is" in editor.messages()[-1], f"{editor.messages()}")


def test_completion(editor, key):
    names = editor.lua("return vim.fn.getcompletion('Gavel c', 'cmdline')")
    check(names == ["check", "comment", "concern"], f"{names}")
    keys = editor.lua("return vim.fn.getcompletion('Gavel open med', 'cmdline')")
    check(key in keys, f"{keys}")


def main():
    with Service(*sys.argv[1:3]) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        key = submit(service, folder, "ledger.md", "A ledger of its own", WORDS)
        with Editor(service, "kim", folder) as editor:
            test_inbox(editor, key)
            test_threads(service, editor, key)
            test_read_anew(editor, key)
            test_thread_list(service, editor, key)
            test_narrow(editor)
            test_no_way(editor, key)
            open_spec(editor, key)
            editor.wait("return vim.api.nvim_buf_line_count(0) > 20", "the text of an unloaded buffer")
            editor.keys("gg[g")
            test_drafts(service, editor, key)
            test_confirmation(service, editor, key)
            test_dead_server(service, editor, key)
            test_sent_once(service, editor, key)
            test_completion(editor, key)
            test_hostile_text(service, editor, folder)
        with Editor(service, "ana", folder) as editor:
            test_file(service, editor, folder, key)
            test_what_to_choose(editor, folder, key)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
