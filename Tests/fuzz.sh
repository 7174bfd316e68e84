#!/usr/bin/env bash
# Coverage-guided fuzzing with libFuzzer and the address sanitizer: of parser, events and summary with telegrams, for three
# quarters of the time, and of the state machines with what nobody would send, and with damaged entries of their journal and
# records of `telegrams.sections`.
#
#   Tests/fuzz.sh [SECONDS] [DIRECTORY]   300 seconds by default; DIRECTORY keeps the corpora from run to run
#
# The first telegrams are the invented samples of the tests. Exit status 1 on a crash, a time-out or a leak; the input is
# then left in DIRECTORY.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-300}
work=${2:-$(mktemp -d "${TMPDIR:-/tmp}/taperelay-fuzz.XXXXXX")}
case $seconds in *[!0-9]* | '') sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64 ;; esac
mkdir -p "$work/corpus" "$work/corpus-entries" "$work/build"

# The tables that Directory embeds are Swift source that the package manager writes.
swift build --target Directory >/dev/null
tables=$(find .build/ -path '*Directory.build/DerivedSources/embedded_resources.swift' | head -n 1)

flags=(-O -swift-version 6 -sanitize=fuzzer,address -parse-as-library -package-name taperelay
  -enable-experimental-feature Lifetimes
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -I "$work/build" -I Sources/CXxhash)
for module in Directory Telegram Events Assembly; do
  mapfile -t sources < <(find "Sources/$module" -name '*.swift')
  if [ "$module" = Directory ]; then sources+=("$tables"); fi
  echo "compiling $module"
  swiftc "${flags[@]}" -wmo -module-name "$module" -emit-module -emit-module-path "$work/build/$module.swiftmodule" \
    -emit-object -o "$work/build/$module.o" "${sources[@]}"
done
# Gold warns of each symbol of the sanitizer.
flags+=(-use-ld=lld)
swiftc "${flags[@]}" -module-name Fuzz Tests/fuzz/Telegrams.swift "$work"/build/{Directory,Telegram,Events}.o -lxxhash \
  -o "$work/telegrams"
swiftc "${flags[@]}" -module-name Fuzz Tests/fuzz/Entries.swift "$work"/build/{Directory,Telegram,Assembly}.o -lxxhash \
  -o "$work/entries"

# The samples are literals of Swift: what stands between #""" and """#, without the eight blanks in front.
awk -v directory="$work/corpus" '
  /#"""$/ { count += 1; file = directory "/sample-" count; next }
  /"""#/ { if (file != "") close(file); file = ""; next }
  file != "" { sub(/^        /, ""); print > file }' Tests/SampleTelegrams/*.swift

# The backtracer of Swift hangs behind a fuzzer's crash.
export SWIFT_BACKTRACE=enable=no
fuzz() { # PROGRAM SECONDS CORPUS
  "$work/$1" -max_total_time="$2" -timeout=10 -max_len=16384 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$work/$1-" "$work/$3"
}
fuzz telegrams $((seconds - seconds / 4)) corpus
fuzz entries $((seconds / 4)) corpus-entries
