# All scenarios. `add NAME DELIVERIES INPUT REPLICAS [quick] -- BODY`: a scenario for each delivery, its outputs with so
# many replicas (one where no broker is struck: it costs a third). Input `none`: the scenario makes its own.

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

# Where workers die. The number: up to how often a place is passed before it strikes.
add kill-assigned both small 1 -- at_point kill assigned 1
add kill-batch-received both small 1 -- at_point kill batch-received 12
add kill-lane-begins both small 1 -- at_point kill lane-begins 8
add kill-before-handle both small 1 -- at_point kill before-handle 900
add kill-before-produce both small 1 -- at_point kill before-produce 900
add kill-after-produce both small 1 quick -- at_point kill after-produce 900
add kill-before-dead-letter both small 1 -- at_point kill before-dead-letter 3
add kill-after-dead-letter both small 1 -- at_point kill after-dead-letter 3
add kill-lane-ends both small 1 -- at_point kill lane-ends 6
add kill-delivery-reported at-least-once small 1 -- at_point kill delivery-reported 12
add kill-deliveries-counted at-least-once small 1 -- at_point kill deliveries-counted 12
add kill-before-commit at-least-once small 1 quick -- at_point kill before-commit 4
add kill-commit-answered at-least-once small 1 -- at_point kill commit-answered 4
add kill-transaction-begun exactly-once small 1 -- at_point kill transaction-begun 5
add kill-gate-closed exactly-once small 1 -- at_point kill gate-closed 5
add kill-transaction-cut exactly-once small 1 -- at_point kill transaction-cut 5
add kill-flushed exactly-once small 1 -- at_point kill flushed 5
add kill-before-send-offsets exactly-once small 1 -- at_point kill before-send-offsets 5
add kill-after-send-offsets exactly-once small 1 quick -- at_point kill after-send-offsets 5
add kill-transaction-committed exactly-once small 1 quick -- at_point kill transaction-committed 5
add kill-revoke-begins both small 1 -- at_point_of_change kill revoke-begins 1
add kill-revoke-draining both small 1 quick -- at_point_of_change kill revoke-draining 1
add kill-revoke-drained both small 1 -- at_point_of_change kill revoke-drained 1
add kill-stop-requested both small 1 -- at_point_of_change kill stop-requested 1

# A stop beyond the session makes a transaction fail; a broker that ends it first makes its producer useless.
add stop-then-kill-before-abort exactly-once small 1 -- at_point_after before-send-offsets:3:stop kill before-abort 1
add stop-then-kill-after-abort exactly-once small 1 -- at_point_after before-send-offsets:3:stop kill after-abort 1
add stop-then-kill-producer-discarded exactly-once small 1 -- at_point_after before-send-offsets:3:stop kill producer-discarded 1 fenced
add stop-then-kill-producer-renewed exactly-once small 1 -- at_point_after before-send-offsets:3:stop kill producer-renewed 1 fenced

# Where they are told to end, or sleep for longer than their session.
add term-before-produce both small 1 -- at_point term before-produce 900
add term-before-commit at-least-once small 1 -- at_point term before-commit 4
add term-transaction-cut exactly-once small 1 -- at_point term transaction-cut 5
add term-after-send-offsets exactly-once small 1 -- at_point term after-send-offsets 5
add term-revoke-draining both small 1 -- at_point_of_change term revoke-draining 1
add stop-after-produce both small 1 quick -- at_point stop after-produce 900 3
add stop-before-commit at-least-once small 1 -- at_point stop before-commit 4 3
add stop-gate-closed exactly-once small 1 -- at_point stop gate-closed 4 3
add stop-flushed exactly-once small 1 -- at_point stop flushed 4 3
add stop-before-send-offsets exactly-once small 1 -- at_point stop before-send-offsets 4 3
add stop-after-send-offsets exactly-once small 1 -- at_point stop after-send-offsets 4 3
add stop-revoke-begins both small 1 -- at_point_of_change stop revoke-begins 1 3
add slow-drain both small 1 -- slow_drain

add kill-at-random both large 1 -- at_random 12 KILL
add term-at-random both large 1 -- at_random 12 TERM
add stop-at-random both large 1 -- at_random 4 STOP
add mixed-at-random both large 1 -- at_random 10 KILL TERM STOP
add kill-all-at-once both small 1 -- all_at_once 3
add term-twice both small 1 -- told_twice

# Telegrams in sections, with copies and numbers lost. The first number: seconds that sections wait.
add kill-section-forwarded both pieces 1 -- in_pieces 15 at_point kill section-forwarded 900
add kill-sections-released both pieces 1 -- in_pieces 15 at_point kill sections-released 300
add kill-journal-written both pieces 1 -- in_pieces 15 at_point kill journal-written 20
add kill-observations-sent both pieces 1 -- in_pieces 15 at_point kill observations-sent 12
add kill-numbers-judged both pieces 1 -- in_pieces 15 at_point kill numbers-judged 8
add kill-copies-found both pieces 1 -- in_pieces 15 at_point kill copies-found 3
add pieces-at-random both pieces-large 1 -- in_pieces 30 at_random 14 KILL TERM STOP

add static-members both large 1 -- static_members 8
add same-instance both large 1 -- same_instance
add same-transactional-id exactly-once large 1 -- same_transactional_id

add broker-kill both large 3 -- broker kill restart 8
add broker-pause both large 3 -- broker pause continue 15
add broker-of-group-kill both large 3 quick -- broker kill restart 6 group
add broker-of-group-pause both large 3 -- broker pause continue 12 group
add broker-of-transactions-kill exactly-once large 3 -- broker kill restart 6 transaction
add broker-of-transactions-pause exactly-once large 3 -- broker pause continue 12 transaction
add brokers-rolling both large 3 -- rolling_restart
add brokers-all-kill both large 3 -- all_brokers
add broker-and-workers-kill both large 3 -- broker_and_workers 6

add too-large both none 1 quick -- too_large
add too-large-twice both none 1 -- too_large dead
add throttled both small 1 -- throttled
add output-deleted both large 1 -- output_deleted
add partitions-added both none 1 -- partitions_added
add transactional-input both none 1 -- transactional_input
add compacted-input both none 1 -- compacted_input
add records-deleted-stopped both none 1 -- records_deleted stopped
add records-deleted-running both none 1 -- records_deleted running
add not-authorised both large 1 -- not_authorised

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
    printf '%-36s %-14s %-12s %-6s %s\n' "$name" "$delivery" "$input" "${quickly#-}" "${bodies[$index]}"
  done
}

needed_inputs() { local index; for index in "${selected[@]}"; do cut -d' ' -f3 <<<"${scenarios[$index]}"; done | sort -u | grep -v none; }
