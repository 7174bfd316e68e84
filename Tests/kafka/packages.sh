# Sourced: installs what is missing.

# Installs those of the named Debian packages that are missing.
install() {
  local missing=() package sudo=""
  command -v dpkg >/dev/null || { echo "This is not Debian; take care yourself of: $*"; return 0; }
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "Installing what is missing with apt-get: ${missing[*]}"
  $sudo apt-get update -qq || true
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
