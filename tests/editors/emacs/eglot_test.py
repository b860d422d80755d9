"""The Emacs snippet of docs/editors.md in the real Emacs: eglot starts `gavel lsp`, findings reach
Flymake, completion and hover are asked for as a user does.

usage: eglot_test.py EMACS BIN_DIR REPOSITORY
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SPEC = """---
spec: 1
title: A queue with an emoji 😀
area: medai
dependencies:
  - {for: "😀 jobs", use: kafka/shraed}
---
# A queue
"""

DRIVER = r"""
(require 'flymake)
(defun wait-until (done)
  (let ((deadline (+ (float-time) 60)))
    (while (not (funcall done))
      (when (> (float-time) deadline) (error "nothing came"))
      (accept-process-output nil 0.05)
      (flymake-start))))
(find-file (getenv "SPEC_FILE"))
(unless (derived-mode-p 'markdown-mode) (error "not in markdown-mode: %s" major-mode))
;; Batch mode has no command loop, whose hook would connect.
(apply #'eglot--connect (eglot--guess-contact))
(wait-until (lambda () (flymake-diagnostics)))
(dolist (diagnostic (flymake-diagnostics))
  (message "FINDING %s | %s"
           (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic)
                                           (flymake-diagnostic-end diagnostic))
           (car (split-string (flymake-diagnostic-text diagnostic) "\n"))))
(goto-char (point-min))
(search-forward "use: ka")
(let* ((answer (jsonrpc-request (eglot-current-server) :textDocument/completion
                                (eglot--TextDocumentPositionParams)))
       (items (plist-get answer :items)))
  (mapc (lambda (item) (message "OFFERED %s" (plist-get item :label))) items))
(let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover
                              (eglot--TextDocumentPositionParams))))
  (message "HOVER %s" (plist-get (plist-get hover :contents) :value)))
(eglot-shutdown (eglot-current-server))
(message "DONE")
"""


def expect(holds, message):
    if not holds:
        raise AssertionError(message)


def snippet(repository):
    page = (pathlib.Path(repository) / "docs" / "editors.md").read_text()
    return re.search(r"```elisp\n(.*?)```", page, re.DOTALL).group(1)


def run_emacs(emacs, bin_dir, repository, root):
    (root / "specs").mkdir()
    spec = root / "specs" / "queue.md"
    spec.write_text(SPEC)
    (root / "init.el").write_text(
        "(package-initialize)\n(require 'markdown-mode)\n"
        + snippet(repository).replace("(:online :json-false)",
                                      f'(:rules "{repository}/deploy/policy")'))
    (root / "driver.el").write_text(DRIVER)
    subprocess.run(["git", "init", "-q", root], check=True)
    return subprocess.run(
        [emacs, "--batch", "-l", root / "init.el", "-l", root / "driver.el"], cwd=root,
        env={"PATH": f"{bin_dir}:{os.environ['PATH']}", "HOME": str(root), "LANG": "C.UTF-8",
             "SPEC_FILE": str(spec)},
        capture_output=True, text=True, timeout=180, check=False)


def main():
    emacs, bin_dir, repository = sys.argv[1], os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="gavel-emacs-") as folder:
        done = run_emacs(emacs, bin_dir, repository, pathlib.Path(folder))
    said = done.stderr
    expect(done.returncode == 0 and "DONE" in said, said)
    expect("FINDING medai |" in said, f"the area's place: {said}")
    expect("FINDING kafka/shraed |" in said, f"the tier's place, behind an emoji: {said}")
    expect("OFFERED kafka/shared" in said, f"completion: {said}")
    expect("HOVER" in said and "not in the catalog" in said, f"hover: {said}")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
