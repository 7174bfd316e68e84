# Bodies of scenarios that strike at brokers.

# A session that outlasts what the brokers need to agree on new leaders.
patient_session=6000

strike_broker() {  # VERB NODE
  note_fault "$1" "broker $2"
  cluster "$1" "$2"
  kills=$((kills + 1))
}

# One broker goes for a while; which one, is by chance or by its office.
broker() {  # VERB BACK SECONDS [group|transaction]
  local verb=$1 back=$2 seconds=$3 node=$((RANDOM % brokers + 1))
  session=$patient_session
  begin
  start_all
  until_share 10
  case ${4:-} in
  group) node=$(witness coordinator group "$GROUP") ;;
  transaction) node=$(witness coordinator transaction "$GROUP-a") ;;
  esac
  strike_broker "$verb" "$node"
  tend_for "$seconds" || true
  cluster "$back" "$node"
  until_done
}

# One after the other, as in an upgrade.
rolling_restart() {
  local node
  session=$patient_session
  begin
  start_all
  until_share 10
  for node in $(seq $brokers); do
    note_fault stop "broker $node"
    cluster stop "$node"
    cluster restart "$node"
    kills=$((kills + 1))
    tend_for 3 || true
  done
  until_done
}

all_brokers() {
  local node jobs=()
  session=$patient_session
  begin
  start_all
  until_share 10
  for node in $(seq $brokers); do strike_broker kill "$node"; done
  tend_for 5 || true
  for node in $(seq $brokers); do cluster restart "$node" & jobs+=($!); done
  wait "${jobs[@]}"
  until_done
}

# Brokers and workers together.
broker_and_workers() {  # WANTED
  local strikes node=$((RANDOM % brokers + 1))
  session=$patient_session
  begin
  start_all
  until_share 10
  strike_broker kill "$node"
  for strikes in $(seq "$1"); do
    until_share $((10 + strikes * 80 / ($1 + 1) - RANDOM % 4)) || break
    strike KILL "${all_workers[RANDOM % 3]}"
  done
  cluster restart "$node"
  until_done
}
