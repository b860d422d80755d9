"""What every bot that follows decisions has to survive, whatever it is written in."""

import json
import threading

from gavel_service import SPEC, commit_all, expect
from line_reader import LineReader

KILLS = 3


class Author:
    """Submits specs that a rule approves at once, one decision each; or drafts."""

    def __init__(self, service):
        self.service = service
        self.folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        self.number = 0

    def submit(self, count, *flags):
        """The key of the last one."""
        for _ in range(count):
            self.number += 1
            path = self.folder / f"s{self.number}.md"
            title = f"Change number {self.number}"
            path.write_text(SPEC.format(title=title, tier="s3/standard", words=""))
            commit_all(self.folder)
            done = self.service.gavel("ana", "submit", path.name, "--yes", "--timeout", "60s",
                                      *flags, cwd=self.folder)
            expect(done.returncode == 0, done.stdout + done.stderr)
        return f"MEDIA-{self.number}"


def follow_through_kills(service, start_bot):
    """How many decisions a bot said, each once and in order.

    `start_bot` starts one that prints `SEQ KEY APPROVED: WHY` for each decision, from the beginning
    of the log, and goes on after its last one when it is started again. gaveld is killed with
    SIGKILL three times while specs come in, then the bot is. `service` holds no spec yet.
    """
    author = Author(service)
    with start_bot() as bot:
        author.submit(2)
        said = bot.take(2)
        killer = threading.Thread(target=kill_and_restart, args=(service,))
        killer.start()
        try:
            author.submit(24)
        finally:
            killer.join()
        said += bot.take(24)
        bot.kill()
    author.submit(3)
    with start_bot() as bot:
        rest = bot.take(3)
        # Killed right after it said a line, it may say that one again, and nothing older.
        again = 1 if rest[0] == said[-1] else 0
        rest = rest[again:] + bot.take(again)
    seqs = [int(line.split()[0]) for line in said + rest]
    expect(seqs == decided(service, author.number), f"lost, twice or out of order: {seqs}")
    for line in said + rest:
        expect(" MEDIA-" in line and " APPROVED: " in line, f"not what was decided: {line}")
    return len(seqs)


def kill_and_restart(service):
    for _ in range(KILLS):
        threading.Event().wait(0.7)  # In the middle of the submissions.
        service.kill()
        service.start()


def decided(service, count):
    """Numbers of the log's first decisions."""
    with LineReader([service.bin / "gavel", "watch", "--from", "0", "--filter",
                     "type=DecisionRecorded"], env=service.environment("ana")) as log:
        return [int(json.loads(line)["seq"]) for line in log.take(count)]
