# Bodies of scenarios that strike at brokers.

strike_broker() {  # VERB NODE
  note_fault "$1" "broker $2"
  cluster "$1" "$2"
  kills=$((kills + 1))
}

# One broker goes for a while; which one, is by chance or by its office.
broker() {  # VERB BACK SECONDS [group|transaction]
  local verb=$1 back=$2 seconds=$3 node=$((RANDOM % brokers + 1))
  begin
  start_all
  tend_for 3 || true
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
  begin
  start_all
  tend_for 2 || true
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
  begin
  start_all
  tend_for 3 || true
  for node in $(seq $brokers); do strike_broker kill "$node"; done
  tend_for 5 || true
  for node in $(seq $brokers); do cluster restart "$node" & jobs+=($!); done
  wait "${jobs[@]}"
  until_done
}

# Brokers and workers together.
broker_and_workers() {  # WANTED
  local wanted_kills=$1 strikes=0 node=$((RANDOM % brokers + 1))
  begin
  start_all
  tend_for 3 || true
  strike_broker kill "$node"
  while tend_for "1.$((RANDOM % 10))"; do
    [ $strikes -lt "$wanted_kills" ] || break
    strike KILL "${all_workers[RANDOM % 3]}"
    strikes=$((strikes + 1))
  done
  cluster restart "$node"
  until_done
}
