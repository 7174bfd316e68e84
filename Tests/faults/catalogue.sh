# All scenarios. `add NAME DELIVERIES INPUT REPLICAS [quick] -- BODY`: a scenario for each delivery, its outputs with so
# many replicas (one where no broker is struck: it costs a third).

scenarios=() bodies=()

add() {
  local name=$1 deliveries=$2 input=$3 replicas=$4 delivery quickly=-
  shift 4
  if [ "$1" = quick ]; then quickly=quick; shift; fi
  shift
  for delivery in ${deliveries/both/at-least-once exactly-once}; do
    scenarios+=("$name-$([ "$delivery" = exactly-once ] && echo eo || echo alo) $delivery $input $replicas $quickly")
    bodies+=("$*")
  done
}

add kill-after-produce both small 1 quick -- at_point kill after-produce 300
add kill-before-send-offsets exactly-once small 1 quick -- at_point kill before-send-offsets 4
add stop-before-send-offsets exactly-once small 1 -- at_point stop before-send-offsets 4 3
add random-kills both large 1 -- at_random 12 KILL
add broker-kill both large 3 -- broker kill restart 8

selected=()
select_scenarios() {
  local index name quickly glob
  for index in "${!scenarios[@]}"; do
    read -r name _ _ _ quickly <<<"${scenarios[$index]}"
    if [ -n "$quick" ] && [ "$quickly" != quick ]; then continue; fi
    if [ ${#wanted[@]} -eq 0 ]; then selected+=("$index"); continue; fi
    for glob in "${wanted[@]}"; do
      # shellcheck disable=SC2053
      if [[ $name == $glob ]]; then selected+=("$index"); break; fi
    done
  done
}

list_scenarios() {
  local index name delivery input quickly
  for index in "${selected[@]}"; do
    read -r name delivery input _ quickly <<<"${scenarios[$index]}"
    printf '%-36s %-14s %-6s %-6s %s\n' "$name" "$delivery" "$input" "${quickly#-}" "${bodies[$index]}"
  done
}

needed_inputs() { local index; for index in "${selected[@]}"; do cut -d' ' -f3 <<<"${scenarios[$index]}"; done | sort -u; }
