# Sourced by deploy/quickstart: what happens to the eight example specs, act by act. Everything is
# done with the commands that people use; each line is shown before its output.
# shellcheck shell=bash disable=SC2154,SC2164  # $state, $root and `set -e` are quickstart's.

# as PERSON COMMAND… : shows and runs a command as that person. A development server believes it.
as() {
  local person=$1
  shift
  show "$person" "$@"
  GAVEL_AS=$person "$@"
}

# refused CODE PERSON COMMAND… : the same, for a command whose answer is "no".
refused() {
  local expected=$1 person=$2 code=0
  shift 2
  show "$person" "$@"
  GAVEL_AS=$person "$@" || code=$?
  [[ $code -eq $expected ]] || fail "exit code $code where $expected was expected"
  note "exit code $code"
}

# Prints a command line as a person would type it.
show() {
  local person=$1 word line=''
  shift
  for word in "$@"; do
    [[ $word =~ ^[A-Za-z0-9_./:=@,+-]+$ ]] || word=\"$word\"
    line+=" $word"
  done
  printf '\n%s%s $%s%s\n' "$bold" "$person" "$line" "$plain"
}

# act TITLE FUNCTION : one part of the story; then the bot says in chat what changed.
act() {
  timed "$1" "$2"
  post_to_chat
}

post_to_chat() {
  gavel-bot run --once --config "$state/notify.yaml" --state "$state/bot" >>"$state/bot.log" 2>&1 ||
    fail "gavel-bot run --once: see $state/bot.log"
}

chat_channel() {
  gavel-bot show --config "$state/notify.yaml" --state "$state/bot" --zone "$TZ"
}

# clock TIME : moves the server's clock; what falls due on the way happens before it answers.
clock() {
  as gus gavel dev clock --to "$1"
  post_to_chat
}

commit() {
  git -c user.name="$1" -c user.email="$1@example.org" commit -q -am "$2"
  git push -q origin main
}

tell_story() {
  # The people of the story sit in Berlin; nothing of the real user's settings takes part.
  export TZ=Europe/Berlin XDG_CONFIG_HOME=$state/home XDG_STATE_HOME=$state/home
  export PAGER=cat  # Nobody has to press a key.
  unset GAVEL_TOKEN GAVEL_TOKEN_FILE GAVEL_CONFIG_DIR
  cp "$root/deploy/quickstart_notify.yaml" "$state/notify.yaml"
  timed "A git repository with the example specs" make_repository
  cd "$state/uploads"
  act "Mon 23 Nov: on the paved road, nobody has to read it" submit_standard
  act "A slip of the pen goes back to its author, with lines" submit_with_mistakes
  act "Six specs need people" submit_the_rest
  act "Tue 24 Nov: nothing is ready for this Thursday" first_meeting_is_cancelled
  act "Async review: reviewers read and take positions" take_positions
  act "Wed 25 Nov: a blocking concern, answered and resolved" settle_concern
  act "Thu 26 and Fri 27 Nov: the platform agenda is picked and sent out" platform_packet
  act "Mon 30 Nov and Tue 1 Dec: the same for media, two business days ahead" media_packet
  act "Tue 1 Dec: the platform meeting, two items" platform_meeting
  act "Thu 3 Dec: the media meeting, three items" media_meeting
  act "Tue 8 and Thu 10 Dec: the large item has the room to itself" large_item
  act "Tue 15 Dec: nothing left, so the next meetings are called off" empty_meetings
  timed "What is on record" look_at_the_record
  timed "What the chat channel saw" chat_channel
  cd "$root"
}

make_repository() {
  git init -q --bare -b main "$state/origin.git"
  git init -q -b main "$state/uploads"
  cp -r "$root/deploy/examples/." "$state/uploads"
  (
    cd "$state/uploads"
    git remote add origin "$state/origin.git"
    git add .
    git -c user.name=ana -c user.email=ana@example.org commit -q -m "Specs of November"
    git push -q -u origin main
    git --no-pager log --oneline --stat
  )
}

submit_standard() {
  as ana gavel submit specs/2026-shared-work-queue.md --yes
  as ana gavel explain MEDIA-1
}

submit_with_mistakes() {
  local spec=specs/2026-upload-receipts.md
  refused 1 bo gavel submit "$spec" --yes
  note "Bo mends the three lines and commits."
  sed -i -e 's|k8s/standrad|k8s/standard|' -e 's|classification: intern,|classification: internal,|' \
    -e 's|reversible: maybe|reversible: true|' "$spec"
  git --no-pager diff --unified=0 --no-color "$spec" | grep '^[-+][^-+]'
  commit bo "Receipts: name the tier, the class and the way back"
  as bo gavel check "$spec"
  as bo gavel submit "$spec" --yes
}

submit_the_rest() {
  as ana gavel submit specs/2026-rights-ledger-database.md --yes
  as bo gavel submit specs/2026-archive-originals.md --yes
  as eli gavel submit specs/2026-device-sessions.md --yes
  as ana gavel submit specs/2026-gpu-transcription.md --yes
  as chen gavel submit specs/2026-edge-cache.md --yes
  as lee gavel submit specs/2026-tenant-signing-keys.md --yes
  as kim gavel inbox
}

first_meeting_is_cancelled() {
  clock 2026-11-24T09:05:00Z
  as kim gavel meeting list --area media --to 2026-12-18
  as kim gavel meeting show 2026-11-26-media
}

take_positions() {
  as kim gavel position MEDIA-3 approve -m "The ten nights in a row convince me."
  as chen gavel position MEDIA-3 approve
  as kim gavel position MEDIA-4 approve --if "the waiting page is tested with ten customers"
  as fay gavel position MEDIA-4 approve
  as lee gavel position MEDIA-5 needs-discussion -m "June is what we heard about the last table, too."
  as kim gavel position MEDIA-5 needs-discussion -m "I like the sessions, not the table."
  as chen gavel position MEDIA-5 no-objection
  as fay gavel position PLAT-1 approve
  as gus gavel position PLAT-1 approve
  as dee gavel position PLAT-1 approve --if "the contract limits keeping addresses to seven days"
  as gus gavel position PLAT-2 approve
  as fay gavel position PLAT-2 approve
  as dee gavel position PLAT-2 approve -m "This is what we wanted for the payroll system, too."
  as kim gavel concern raise MEDIA-6 "cards sold out" --blocking \
    -m "When the region has no cards, videos wait for days and the owner is told nothing." \
    --done-when "the spec says what the owner sees, and when we stop taking new owners"
  as fay gavel position MEDIA-6 approve
  as dee gavel position MEDIA-6 approve -m "Off until switched on, and gone in a day: yes."
  as kim gavel position MEDIA-6 needs-discussion
  as ana gavel status MEDIA-6
}

settle_concern() {
  local spec=specs/2026-gpu-transcription.md
  clock 2026-11-25T09:00:00Z
  sed -i 's|^When all cards are busy, jobs wait.*|When all cards are busy, jobs wait; when the oldest waits for a day, nobody new can switch it on.|' "$spec"
  commit ana "Transcription: what happens when cards are sold out"
  as ana gavel concern answer MEDIA-6 "cards sold out" \
    -m "Revision 2, Proposal: the owner reads 'search comes later', and after a day nobody new can join."
  as ana gavel submit "$spec" --yes -m "When cards are sold out"
  as kim gavel concern resolve MEDIA-6 "cards sold out" -m "That is what I asked for."
  as kim gavel position MEDIA-6 approve
  as ana gavel status MEDIA-6
}

platform_packet() {
  clock 2026-11-26T11:00:00Z
  as fay gavel meeting show 2026-12-01-platform
  clock 2026-11-27T09:00:00Z
  as fay gavel meeting packet 2026-12-01-platform
}

media_packet() {
  clock 2026-11-30T11:00:00Z
  as kim gavel status MEDIA-6
  clock 2026-12-01T09:00:00Z
  as kim gavel meeting packet 2026-12-03-media
}

platform_meeting() {
  local meeting=2026-12-01-platform
  clock 2026-12-01T09:30:00Z
  as fay gavel meeting open "$meeting"
  as fay gavel meeting attend "$meeting" fay:facilitator gus:sponsor chen:presenter lee:presenter dee
  as fay gavel meeting item "$meeting" PLAT-1
  as fay gavel meeting outcome "$meeting" PLAT-1 approve \
    --why "Two outages in a year cost more than the cache, and only public bytes pass through it."
  as fay gavel meeting item "$meeting" PLAT-2
  as gus gavel meeting notes "$meeting" PLAT-2 -m "Asked: what if a customer wants to turn a key at once? Same job, by hand."
  as fay gavel meeting outcome "$meeting" PLAT-2 approve \
    --why "One leak must not be everybody's. The job turns keys; the catalog gets the key service."
  as fay gavel meeting action "$meeting" add "Propose kms/tenant-keys for the catalog" \
    --owner gus --due 2026-12-18 --spec PLAT-2
  as fay gavel meeting close "$meeting"
  as fay gavel meeting minutes "$meeting" --publish
}

media_meeting() {
  local meeting=2026-12-03-media
  clock 2026-12-03T14:00:00Z
  as kim gavel meeting open "$meeting"
  as kim gavel meeting attend "$meeting" kim:facilitator lee:notetaker chen:sponsor ana:presenter bo:presenter eli:presenter fay
  as kim gavel meeting item "$meeting" MEDIA-3
  as kim gavel meeting outcome "$meeting" MEDIA-3 approve \
    --why "Payments are late today. Ten equal nights before the switch make it safe, and it can be undone."
  as kim gavel meeting item "$meeting" MEDIA-4
  as kim gavel meeting outcome "$meeting" MEDIA-4 approve \
    --why "It pays for itself in three months, and one per cent first shows what we did not think of."
  as kim gavel meeting item "$meeting" MEDIA-5
  as lee gavel meeting notes "$meeting" MEDIA-5 -m "Lee: no table has left on time. Eli: then a date nobody can move. Agreed that the move comes first."
  as kim gavel meeting outcome "$meeting" MEDIA-5 reject \
    --why "The table is past its sunset and must not grow. Sessions of a year are welcome on the standard database." \
    --dissent "eli: phones are lost to us all winter"
  as kim gavel meeting close "$meeting"
  as kim gavel meeting minutes "$meeting" --publish
}

large_item() {
  local meeting=2026-12-10-media
  clock 2026-12-08T09:00:00Z
  as kim gavel meeting packet "$meeting"
  clock 2026-12-10T14:00:00Z
  as kim gavel meeting open "$meeting"
  as kim gavel meeting item "$meeting" MEDIA-6
  as kim gavel meeting outcome "$meeting" MEDIA-6 approve \
    --why "Own cards keep families' voices with us. Off until switched on, gone in a day, new videos only." \
    --condition "A daily job proves that no transcript outlives its video" --owner ana --due 2027-02-26
  as kim gavel meeting close "$meeting"
  as ana gavel status MEDIA-6
}

empty_meetings() {
  clock 2026-12-15T09:05:00Z
  as kim gavel meeting list --from 2026-11-23 --to 2026-12-19
}

look_at_the_record() {
  as kim gavel decision list
  as kim gavel decision show MEDIA-4
  as bo gavel status
}

say_how_to_look_around() {
  cat <<END
   The server goes on running on $GAVEL_SERVER (process $(server_pid), clock still on Tue 15 Dec).

   ${bold}Look around:${plain}
     export GAVEL_SERVER=$GAVEL_SERVER PATH=$bin:\$PATH
     GAVEL_AS=ana gavel inbox                    # whose turn is Ana's
     GAVEL_AS=ana gavel status MEDIA-6           # any spec, MEDIA-1 to MEDIA-6, PLAT-1, PLAT-2
     GAVEL_AS=ana gavel explain MEDIA-1          # why the rule approved it
     GAVEL_AS=kim gavel meeting minutes 2026-12-03-media
     GAVEL_AS=kim gavel watch                    # the event log, one JSON line an event; Ctrl-C ends it
     cd $state/uploads && GAVEL_AS=bo gavel new "My first spec"

   ${bold}Stop it:${plain}   deploy/quickstart --stop
END
}
