"""Writing a spec in Neovim: quickfix, :make, the language server, submit, :checkhealth.

Usage: check_test.py BIN_DIR POLICY_DIR
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))

from editor import Editor, wait_for  # noqa: E402
from gavel_service import SPEC, Service, commit_all, expect  # noqa: E402

passed = 0


def check(holds, message):
    """One thing that must hold; counted."""
    global passed
    expect(holds, message)
    passed += 1


def quickfix(editor):
    """`[file, line, column, type, text]` of each entry."""
    return editor.lua("""
        local found = {}
        for _, e in ipairs(vim.fn.getqflist()) do
          table.insert(found, {vim.fn.bufname(e.bufnr), e.lnum, e.col, e.type, e.text})
        end
        return #found > 0 and found or nil""") or []


def test_quickfix(editor, name):
    editor.command(f"edit {name.replace(' ', chr(92) + ' ')}")
    editor.command("Gavel check")
    editor.wait("return #vim.fn.getqflist() > 0", "findings")
    found = [entry for entry in quickfix(editor) if "[GV204]" in entry[4]]
    check(len(found) == 1 and found[0][0] == name and found[0][1] > 1 and found[0][2] > 1
          and found[0][3] == "e" and "k8s/standrad" in found[0][4], f"{quickfix(editor)}")
    check(editor.lua("return vim.bo.buftype") == "quickfix", "the list is not open")
    editor.command("cclose")

    editor.keys("GoNot written.<Esc>")
    editor.wait("return vim.bo.modified", "a change")
    editor.command("Gavel check")
    editor.wait("return messages[#messages]:match('not written yet was not checked')", "a warning")
    editor.command("cclose | edit!")

    editor.command("call setqflist([])")
    editor.command("compiler gavel")
    editor.command("silent make '%'")
    check([entry for entry in quickfix(editor) if "[GV204]" in entry[4]] == found,
          f":make differs: {quickfix(editor)}")


def test_language_server(editor, name):
    editor.command(f"edit {name.replace(' ', chr(92) + ' ')}")
    message = editor.wait("""
        for _, d in ipairs(vim.diagnostic.get(0)) do
          if d.message:match('standrad') then return d.lnum + 1 .. ' ' .. d.message end
        end""", "a diagnostic")
    line = next(i for i, text in enumerate(editor.lines(), 1) if "standrad" in text)
    check(message.startswith(f"{line} "), message)
    editor.lua(f"vim.fn.setline({line}, (vim.fn.getline({line}):gsub('standrad', 'standard')))"
               " return true")
    editor.wait("""
        for _, d in ipairs(vim.diagnostic.get(0)) do
          if d.message:match('standrad') then return false end
        end
        return true""", "the diagnostic to go")
    editor.command("write")
    check(editor.lua("return #vim.lsp.get_active_clients()") == 1, "one server for two files")
    editor.command("edit README.md")
    check(editor.lua("return #vim.lsp.buf_get_clients(0)") == 0, "attached to what is no spec")


def test_rules_of_a_folder(editor, folder, policy):
    """The setting `rules`: a misspelt tier is known without any policy that was fetched."""
    (folder / "policy").symlink_to(pathlib.Path(policy).resolve())
    editor.lua("""
        vim.lsp.stop_client(vim.lsp.get_active_clients())
        require('gavel').setup({rules = 'policy'}) return true""")
    editor.wait("return #vim.lsp.get_active_clients() == 0", "the server to end")
    editor.command("edit typo.md")
    editor.wait("""
        for _, d in ipairs(vim.diagnostic.get(0)) do
          if d.code == 'GV204' then return true end
        end""", "what only a policy knows")
    said = editor.lua("return vim.lsp.get_active_clients()[1].config.init_options.rules")
    check(said.startswith("/") and "policy" in said, said)
    editor.lua("""
        vim.lsp.stop_client(vim.lsp.get_active_clients())
        require('gavel').setup({rules = ''}) return true""")
    editor.wait("return #vim.lsp.get_active_clients() == 0", "the server to end")
    editor.command("bwipeout!")
    (folder / "policy").unlink()


def test_submit(service, editor, folder, name):
    editor.command(f"edit {name.replace(' ', chr(92) + ' ')}")
    editor.lua("vim.fn.confirm = function(q) asked = q return 2 end return true")
    editor.command("Gavel submit")
    editor.wait("return messages[#messages]:match('differs from HEAD') or asked"
                " or messages[#messages]:match('commit')", "a dirty file refused")
    check(not editor.lua("return asked ~= nil"), "a dirty file was not refused")
    commit_all(folder)
    editor.command("Gavel submit")
    question = editor.wait("return asked", "a preview")
    check("auto/standard-tiers" in question and "Submit?" in question, question)
    check(service.gavel("kim", "status", "MEDIA-1").returncode == 6, "a preview has submitted")
    editor.lua("vim.fn.confirm = function() return 1 end return true")
    editor.command("Gavel submit")
    wait_for(lambda: service.gavel("kim", "status", "MEDIA-1").returncode == 0, "the submission")
    check(service.spec("MEDIA-1")["state"] == "STATE_AUTO_APPROVED", "state")


def health(editor):
    editor.command("silent checkhealth gavel")
    text = "\n".join(editor.lines())
    editor.command("bwipeout!")
    return text


def test_health(service, editor):
    text = health(editor)
    check("ERROR" not in text and "WARNING" not in text and "signed in; 0 waiting" in text, text)
    check("`gavel lsp` is there; 1 running" in text, text)
    service.kill()
    text = health(editor)
    check("ERROR: server:" in text and "gavel doctor" in text, text)
    editor.lua("require('gavel').setup({program = 'no-such-gavel'}) return true")
    text = health(editor)
    check("ERROR: `no-such-gavel` is not on PATH" in text, text)
    editor.command("Gavel inbox")
    editor.wait("return messages[#messages]:match('no%-such%-gavel. cannot be run')", "an error")


def test_offline(service, editor, name):
    """Checking needs no server: it is away by now."""
    check(service.process.poll() is not None, "the server is up")
    editor.lua("require('gavel').setup({program = 'gavel'}) return true")
    editor.lua("vim.fn.setqflist({}) return true")
    editor.command(f"edit! {name}")
    editor.command("Gavel check")
    editor.wait("return #vim.fn.getqflist() > 0", "findings offline")
    found = {entry[3] for entry in quickfix(editor)}
    check(found == {"w"}, f"a good spec has only warnings: {quickfix(editor)}")


def main():
    with Service(*sys.argv[1:3]) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        name = "a queue.md"
        good = SPEC.format(title="A queue of its own", tier="k8s/standard", words="Words.")
        (folder / name).write_text(good.replace("standard,", "standrad,"))
        (folder / "typo.md").write_text((folder / name).read_text())
        (folder / "good.md").write_text(good.replace("A queue", "A stack"))
        (folder / "README.md").write_text("# Not a spec\n")
        commit_all(folder)
        service.gavel("ana", "check", "good.md", cwd=folder)  # The policy, for later offline.
        with Editor(service, "ana", folder) as editor:
            test_quickfix(editor, name)
            test_language_server(editor, name)
            test_rules_of_a_folder(editor, folder, sys.argv[2])
            editor.command("edit! good.md")
            test_submit(service, editor, folder, name)
            test_health(service, editor)
            test_offline(service, editor, "good.md")
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
