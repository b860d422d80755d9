"""What people see in Neovim on a real terminal: picker, threads, a draft's question, quickfix.

Usage: screen_test.py BIN_DIR POLICY_DIR [SCREENS_DIR]

The terminal is tmux. With SCREENS_DIR each screen is kept there, to be looked at.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))

from editor import Editor  # noqa: E402
from gavel_service import SPEC, Service, commit_all, expect  # noqa: E402
from terminal_screen import Screen  # noqa: E402

WORDS = "\n".join(f"Sentence number {i} of the body." for i in range(1, 21))

passed = 0


class Terminal(Screen):
    """An editor in a terminal of 100 by 32."""

    def __init__(self, editor, screens):
        super().__init__(editor.service.root, ["nvim", "-u", editor.init, "-i", "NONE"],
                         {**editor.environment, "LC_ALL": "C.UTF-8"}, 100, 32, editor.folder)
        self.screens = screens

    def shows(self, name, *texts):
        """Waits until the screen has all of `texts`; counted."""
        global passed
        screen = self.wait_for(lambda text: all(wanted in text for wanted in texts))
        if self.screens:
            (pathlib.Path(self.screens) / f"{name}.txt").write_text(screen)
        passed += 1


def prepare(service):
    """A spec that waits for kim, with a block and a comment; a file with a mistake."""
    folder = service.repository("uploads", "https://github.com/acme/uploads.git")
    (folder / "ledger.md").write_text(
        SPEC.format(title="A ledger of its own", tier="postgres/dedicated-xl", words=WORDS))
    (folder / "typo.md").write_text(
        SPEC.format(title="A queue of its own", tier="k8s/standrad", words=WORDS))
    commit_all(folder)
    for person, *words in (
            ("ana", "submit", "ledger.md", "--yes"),
            ("chen", "concern", "raise", "MEDIA-1", "fail-over", "--blocking", "-m",
             "Nobody has ever restored a copy of it, and the nightly settlement cannot wait "
             "for the first time that somebody tries. 🙂", "--done-when", "a drill", "--line", "21"),
            ("fay", "comment", "MEDIA-1", "-m", "Per day?", "--line", "24")):
        done = service.gavel(person, *words, cwd=folder)
        expect(done.returncode == 0, f"{words}: {done.stdout}{done.stderr}")
    return folder


def look(terminal):
    terminal.press(":Gavel", "Enter")
    terminal.shows("picker", "Your turn", "1: MEDIA-1    A ledger of its own — take a position")
    terminal.press("1", "Enter")
    terminal.shows("spec", "Whose turn   @fay, @kim", "Gates        area:media 0/2",
                   "──────", "spec: 1", "MEDIA-1 ASYNC_REVIEW ●1")
    terminal.press("]g")
    terminal.shows("threads", "● Sentence number 5", "┌ ● c1 blocking “fail-over”",
                   "│ @chen: Nobody has ever restored", "│ done when: a drill",
                   "┌ ○ m1", "│ @fay: Per day?")
    terminal.press(",gr")
    terminal.shows("draft", "Reply to c1 “fail-over” of MEDIA-1", ":w sends it, :q! forgets it.")
    terminal.press("iWe will try.", "Escape", ":w", "Enter")
    terminal.shows("question", "Read by authors @ana", "[S]end, (K)eep writing:")
    terminal.press("s")
    terminal.shows("answered", "│ @kim: We will try.")
    terminal.press(":Gavel threads", "Enter")
    terminal.shows("threads-list", "| c1 blocking “fail-over”", "| c1 @chen: Nobody has ever",
                   "| c1 done when: a drill", "| m1 @fay: Per day?", "threads of MEDIA-1")
    terminal.press(":lclose", "Enter", ":write", "Enter")
    terminal.shows("write", "gavel: this is what the server has; :Gavel comment says something")
    expect("Error detected" not in terminal.text(), terminal.text())
    terminal.press(":edit typo.md", "Enter", ":Gavel check", "Enter")
    terminal.shows("quickfix", "typo.md|8 col", "k8s/standrad", "Quickfix List")
    terminal.press(":only", "Enter", ":checkhealth gavel", "Enter")
    terminal.shows("health", "OK: signed in", "OK: `gavel lsp` is there")


def main():
    with Service(*sys.argv[1:3]) as service:
        folder = prepare(service)
        editor = Editor(service, "kim", folder,
                        "set statusline=%f%=%{v:lua.require'gavel'.statusline()}\n"
                        "lua vim.notify = notify\n")
        with Terminal(editor, sys.argv[3] if len(sys.argv) > 3 else None) as terminal:
            look(terminal)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
