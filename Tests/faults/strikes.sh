# Bodies of scenarios that strike at workers.

# Each of the three workers carries the point, with a count by chance; what was struck gets a new one while there are fewer
# strikes than wanted. `also` is a fault that brings a worker there.
at_point() {  # ACTION POINT MOST [WANTED]
  arm_for_points "$@"
  begin
  start_all
  until_done
  came_to "$point"
}

arm_for_points() {
  local worker
  action=$1 point=$2 most=$3 wanted_kills=${4:-4}  # `rearm` outlives the body
  rearm() {
    arm[$1]=""
    [ "$(strikes_so_far)" -ge "$wanted_kills" ] || arm[$1]=$point:$((RANDOM % most + 1)):$action${also:+,$also}
  }
  for worker in "${all_workers[@]}"; do rearm "$worker"; done
}

# A point that nobody reaches proves nothing.
came_to() { [ "$(strikes_so_far)" -gt 0 ] || problem "nobody was struck at $1"; }
strikes_so_far() { grep -c " $action " "$DIR/faults" || true; }

# The same for points that only a worker in trouble comes to.
at_point_after() {  # TROUBLE ACTION POINT MOST [fenced]
  also=$1
  if [ "${5:-}" = fenced ]; then extra_kafka="transaction.timeout.ms: 4000"; fi
  at_point "$2" "$3" "$4" 3
}

# The same for points on the way of a rebalance or a stop: now and then somebody is asked to go, which moves partitions.
at_point_of_change() {  # ACTION POINT MOST [WANTED]
  local times=0
  arm_for_points "$@"
  # Whoever is told to end there may be so told a second time, and then ends at once.
  if [ "$action" = term ]; then may_end_with=143; fi
  begin
  start_all
  while [ $times -lt $((2 * wanted_kills)) ] && until_share $((5 + 90 * times / (2 * wanted_kills))); do
    ask "${all_workers[RANDOM % 3]}"
    times=$((times + 1))
  done
  until_done
  came_to "$point"
}

# Somebody is struck every now and then, as long as there is work.
at_random() {  # WANTED SIGNAL...
  local strikes
  begin
  start_all
  for strikes in $(seq "$1"); do
    until_share $((strikes * 95 / ($1 + 1) - RANDOM % 4)) || break
    strike "${*:RANDOM % ($# - 1) + 2:1}" "${all_workers[RANDOM % 3]}"
  done
  until_done
}

# All three at once.
all_at_once() {  # TIMES
  local times worker
  begin
  start_all
  for times in $(seq "$1"); do
    until_share $((times * 90 / ($1 + 1) - RANDOM % 10)) || break
    for worker in "${all_workers[@]}"; do strike KILL "$worker"; done
  done
  until_done
}

# Lanes that take longer over a record than a revoked partition has time to drain.
slow_drain() {
  local worker
  for worker in a b; do arm[$worker]=before-produce:$((200 + RANDOM % 200)):delay=9000; done
  begin
  start a
  start b
  until_share 10
  start c
  until_done
}

# A worker that is told to end at full load drains and ends with 0 within its deadline; told twice it ends at once.
told_twice() {
  may_end_with=143
  # With something to drain for long: a lane that dawdles over its first record. The second time is when the first was heard.
  arm[a]=before-produce:1:term,before-produce:1:delay=6000,stop-requested:1:term
  begin
  start a
  while running a && ! at_work a && tend_for 0.02; do :; done
  start b
  start c
  until_done
  grep -q ' end a.1 143' "$DIR/course" || problem "a second SIGTERM did not end the worker at once"
}

# A static member that comes back within its session finds its partitions again, and nobody else notices.
static_members() {  # WANTED
  local strikes worker before
  for worker in "${all_workers[@]}"; do options[$worker]="-X kafka.group.instance.id=$GROUP-$worker"; done
  begin
  start_all
  until_share 10
  before=$(moves)
  for strikes in $(seq "$1"); do
    until_share $((10 + strikes * 80 / $1 - RANDOM % 4)) || break
    strike KILL "${all_workers[RANDOM % 3]}"
  done
  if [ "$(moves)" != "$before" ]; then problem "partitions moved although only static members were restarted"; fi
  until_done
}
moves() { cat "$DIR"/*.log | grep -cE ' (revoked|lost) ' || true; }

# Two workers with the same static id: the older one is fenced and ends with a sentence, the other goes on.
same_instance() { rivals kafka.group.instance.id a 'static|instance'; }

# Two workers with the same transactional id fence each other until one gives up with a sentence; the other goes on.
same_transactional_id() { rivals kafka.transactional.id "[ab]" 'transactional.id'; }

rivals() {  # KEY LOSER PATTERN
  more='"leaves_open": true,'
  may_end_with="70 78" restart=restart_not
  # With fewer records in a transaction, the work is not done before the two have found out.
  options[a]="-X $1=$GROUP-x -X limits.inFlightRecords=400" options[b]=${options[a]}
  begin
  start a
  until_share 5
  start b
  until_done
  ends_with_sentence "$2" "$3"
}

restart_not() { :; }

ends_with_sentence() {  # WORKERS PATTERN
  tail -qn 1 "$DIR"/$1.1.log | grep -E '^taperelay: ' | grep -qiE "$2" || problem "nobody says that its id is taken: $(tail -qn 1 "$DIR"/$1.1.log)"
}
