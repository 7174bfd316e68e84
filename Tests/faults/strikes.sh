# Scenario bodies that strike at workers.

# Each of the three workers carries the point, with a count by chance; what has died gets a new one while there are fewer
# kills than wanted.
at_point() {  # ACTION POINT MOST [WANTED]
  local action=$1 point=$2 most=$3 wanted_kills=${4:-6} worker
  rearm() {
    arm[$1]=""
    if [ $kills -lt "$wanted_kills" ]; then arm[$1]=$point:$((RANDOM % most + 1)):$action; fi
  }
  for worker in "${all_workers[@]}"; do rearm "$worker"; done
  start_all
  until_done
  [ $kills -gt 0 ] || problem "nobody came to $point"
}

# Somebody is struck every now and then, as long as there is work.
at_random() {  # WANTED SIGNAL...
  local wanted_kills=$1 strikes=0
  shift
  rearm() { arm[$1]=""; }
  start_all
  while tend_for "$((1 + RANDOM % 3)).$((RANDOM % 10))"; do
    [ $strikes -lt "$wanted_kills" ] || break
    strike "${*:RANDOM % $# + 1:1}" "${all_workers[RANDOM % 3]}"
    strikes=$((strikes + 1))
  done
  until_done
}

# Brokers go while three workers work.
broker() {  # VERB BACK SECONDS
  local verb=$1 back=$2 seconds=$3 node
  start_all
  tend_for 3 || true
  node=$((RANDOM % brokers + 1))
  note_fault "$verb" broker "$node"
  cluster "$verb" "$node"
  kills=$((kills + 1))
  tend_for "$seconds" || true
  cluster "$back" "$node"
  until_done
}
