# Three workers of a group, tended: what dies is started again, what is stopped goes on after a while.
#
# `arm` says which fault points a worker's next life carries, and a scenario's `rearm` sets it; `may_end_with` which
# statuses are no failure.

declare -A pid=() life=() arm=() asked=() resume_at=() options=()
all_workers=(a b c)
# A pipe on which nothing ever comes.
exec {never}<> <(:)

# Waits without a process of its own.
doze() { read -rt "$1" -u "$never" || true; }

note_fault() { echo "$EPOCHREALTIME $*" >>"$DIR/faults"; }  # WHAT
problem() { echo "$*" >>"$DIR/problems"; }

start() {  # WORKER
  local worker=$1 arguments=(run --config "$DIR/worker.yaml")
  life[$worker]=$((${life[$worker]:-0} + 1))
  if [ "$DELIVERY" = exactly-once ]; then arguments+=(-X "kafka.transactional.id=$GROUP-$worker"); fi
  # shellcheck disable=SC2206
  arguments+=(${options[$worker]:-})
  TAPERELAY_TEST_FAULT=${arm[$worker]:-} "$TAPERELAY" "${arguments[@]}" 2>"$DIR/$worker.${life[$worker]}.log" &
  pid[$worker]=$!
  echo "$EPOCHREALTIME start $worker.${life[$worker]} ${arm[$worker]:-}" >>"$DIR/course"
}

start_all() { local worker; for worker in "${all_workers[@]}"; do start "$worker"; done; }
running() { [ -n "${pid[$1]:-}" ]; }

stopped() {  # PID
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  line=${line##*) }
  [ "${line%% *}" = T ]
}

# What has happened to the workers since the last time.
tend() {
  local worker status
  for worker in "${!pid[@]}"; do
    if ! kill -0 "${pid[$worker]}" 2>/dev/null; then
      status=0
      # Or the shell reports each kill.
      { wait "${pid[$worker]}" || status=$?; } 2>/dev/null
      unset "pid[$worker]" "resume_at[$worker]"
      ended "$worker" "$status"
    elif stopped "${pid[$worker]}"; then
      if [ -z "${resume_at[$worker]:-}" ]; then
        resume_at[$worker]=$((EPOCHSECONDS + stop_time))
        kills=$((kills + 1))
        note_fault stop "$worker"
        rearm "$worker"
      elif [ "$EPOCHSECONDS" -ge "${resume_at[$worker]}" ]; then
        unset "resume_at[$worker]"
        kill -CONT "${pid[$worker]}"
        note_fault continue "$worker"
      fi
    fi
  done
}

ended() {  # WORKER STATUS
  local worker=$1 status=$2 name=$1.${life[$1]} armed=${arm[$1]:-}
  echo "$EPOCHREALTIME end $name $status" >>"$DIR/course"
  case $status in
  137)
    kills=$((kills + 1)) sigkills=$((sigkills + 1))
    note_fault kill "$worker"
    rearm "$worker"
    # Nobody comes after it to end what it left.
    if [ -n "$finishing" ]; then more+=' "leaves_open": true,'; fi
    ;;
  143)
    # Told twice: it drops what it holds, as if it were killed.
    kills=$((kills + 1))
    note_fault term "$worker"
    rearm "$worker"
    # At the end everybody is told, and who stands at a point that says the same has then been told twice.
    [[ " $may_end_with " = *" 143 "* || ( -n $finishing && $armed = *:term* ) ]] \
      || problem "$name ended with 143, though it was told once"
    ;;
  0)
    ended_in_order+=("$name")
    if [ -z "$finishing" ]; then
      kills=$((kills + 1))
      note_fault term "$worker"
      rearm "$worker"
    fi
    ;;
  *)
    if [[ " $may_end_with " != *" $status "* ]]; then
      problem "$name ended with $status: $(tail -n 1 "$DIR/$name.log")"
      crashes=$((crashes + 1))
      [ $crashes -lt 4 ] || { problem "given up after $crashes such ends"; finishing=yes; }
    fi
    ;;
  esac
  [ -n "$finishing" ] || "$restart" "$worker"
}

# Runs a command of the administrator's while the workers are frozen, so that it comes in the middle of the work however
# long it takes. Their session must be longer.
while_frozen() {  # COMMAND...
  local worker
  for worker in "${!pid[@]}"; do kill -STOP "${pid[$worker]}" 2>/dev/null || true; done
  "$@"
  for worker in "${!pid[@]}"; do kill -CONT "${pid[$worker]}" 2>/dev/null || true; done
}

strike() {  # SIGNAL WORKER
  running "$2" || return 0
  if [ "$1" = TERM ]; then ask "$2"; return; fi
  kill "-$1" "${pid[$2]}" 2>/dev/null || true
}

# SIGTERM to one that works: it is not told twice, and not before it can hear.
ask() {  # WORKER
  local name=$1.${life[$1]:-}
  at_work "$1" && [ -z "${asked[$name]:-}" ] || return 0
  asked[$name]=yes
  kill -TERM "${pid[$1]}" 2>/dev/null || true
}

# Sets `left` to the number of offsets that are not committed, of `all`.
look() { read -r _ left all 2>/dev/null <"$DIR/progress" || true; }

# Tends for so many seconds. Status 1 as soon as all is committed, or the scenario has given up.
tend_for() {  # SECONDS
  local end=$((${EPOCHREALTIME/./} + $(microseconds "$1")))
  while [ "${EPOCHREALTIME/./}" -lt $end ]; do
    tend
    look
    if [ "$left" = 0 ] || [ -n "$finishing" ]; then return 1; fi
    doze 0.05
  done
}

# Tends until so much of the input is committed, so that strikes fall into the work on slow machines and on fast ones.
# Status 1 where it comes to an end, or to no end, before.
until_share() {  # PERCENT
  local deadline=$((SECONDS + patience))
  while tend_for 0.01; do
    if [ -n "$left" ] && [ $(((all - left) * 100)) -ge $(($1 * all)) ]; then return 0; fi
    [ $SECONDS -lt $deadline ] || return 1
  done
  return 1
}

microseconds() { local whole=${1%.*} part=000000; [ "$whole" = "$1" ] || part=${1#*.}000000; echo $((10#$whole * 1000000 + 10#${part:0:6})); }

# Tends until everything is committed.
until_done() {  # [SECONDS]
  if tend_for "${1:-$patience}"; then problem "not all committed after ${1:-$patience} s: $left offsets left"; fi
}

# Has begun: what a former life of it left open is ended.
at_work() { running "$1" && grep -q ' assigned ' "$DIR/$1.${life[$1]}.log"; }

# SIGTERM to all; they end in order, within their deadline.
end_workers() {
  local worker deadline=$((SECONDS + 15))
  for worker in "${all_workers[@]}"; do
    while running "$worker" && ! at_work "$worker" && [ $SECONDS -lt $deadline ]; do tend; doze 0.1; done
  done
  finishing=yes deadline=$((SECONDS + 60))
  for worker in "${!pid[@]}"; do
    if stopped "${pid[$worker]}"; then kill -CONT "${pid[$worker]}"; fi
    [ -n "${asked[$worker.${life[$worker]}]:-}" ] || kill -TERM "${pid[$worker]}" 2>/dev/null || true
  done
  while [ ${#pid[@]} -gt 0 ] && [ $SECONDS -lt $deadline ]; do tend; doze 0.05; done
  for worker in "${!pid[@]}"; do problem "$worker does not end"; done
  end_all_workers
}

end_all_workers() {
  local worker
  for worker in "${!pid[@]}"; do
    { kill -KILL "${pid[$worker]}"; wait "${pid[$worker]}"; } 2>/dev/null || true
  done
  pid=()
  stop_following
}
