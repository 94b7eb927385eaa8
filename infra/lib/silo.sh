# shellcheck shell=bash
# Build, start and end a silo, for the scripts of infra/. Needs docker.sh sourced before it, and the root of the tree as working directory.

OCS_CONFIGURATION=Release
OCS_ENGINE=${OCS_ENGINE:-Embedded}

ocs_require_dotnet() {
  local version
  version=$(dotnet --version 2>/dev/null) || { ocs_say "The .NET SDK 10 is needed and no dotnet is on PATH: https://dot.net" && return 1; }
  [[ ${version%%.*} -ge 10 ]] || { ocs_say "The .NET SDK 10 is needed; dotnet --version says $version." && return 1; }
}

# ocs_build PROJECT...: quiet unless it fails.
ocs_build() {
  local log project
  log=$(mktemp)
  for project in "$@"; do
    if ! dotnet build "$project" -c "$OCS_CONFIGURATION" -p:Engine="$OCS_ENGINE" -nologo -v quiet >"$log" 2>&1; then
      cat "$log" >&2
      rm -f "$log"
      ocs_say "The build of $project failed."
      return 1
    fi
  done
  rm -f "$log"
  echo "built, engine $OCS_ENGINE"
}

# ocs_orleans_restores [LOG]: only where a feed that has its runtime is configured.
ocs_orleans_restores() { dotnet restore silo -p:Engine=Orleans -nologo -v quiet >"${1:-/dev/null}" 2>&1; }

ocs() { "client/cli/bin/$OCS_ENGINE/$OCS_CONFIGURATION/net10.0/ocs" "$@"; }

# ocs_until SECONDS WHAT COMMAND...: waits for the command to succeed.
ocs_until() {
  local seconds=$1 what=$2 tries
  shift 2
  for ((tries = 0; tries < seconds * 10; tries++)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  ocs_say "After $seconds s it is still not so that $what."
  return 1
}

# ocs_silo_start DIR [OPTION...]: in a session of its own; sets and exports OCS_ADDRESS.
ocs_silo_start() {
  local dir=$1
  shift
  mkdir -p "$dir"
  rm -f "$dir/data/api.address"
  setsid "silo/bin/$OCS_ENGINE/$OCS_CONFIGURATION/net10.0/ocs-silo" --data "$dir/data" --listen 127.0.0.1:0 "$@" \
    >"$dir/silo.log" 2>&1 </dev/null &
  echo $! >"$dir/silo.pid"
  ocs_until 30 "the silo has written its address" test -s "$dir/data/api.address" || { tail -n 20 "$dir/silo.log" >&2 && return 1; }
  OCS_ADDRESS=$(<"$dir/data/api.address")
  export OCS_ADDRESS
  ocs_until 30 "a node has joined" eval "ocs node list --json | grep -q ACTIVE" || { tail -n 20 "$dir/silo.log" >&2 && return 1; }
}

# ocs_silo_stop DIR: asks it to end, and after 20 s makes it.
ocs_silo_stop() {
  local pid tries
  [[ -f $1/silo.pid ]] || return 0
  pid=$(<"$1/silo.pid")
  kill "$pid" 2>/dev/null || true
  for ((tries = 0; tries < 200; tries++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$1/silo.pid"
}

# ocs_demo_remove_leftovers DIR: containers of the demo's cluster that an interrupted run has left, and its named volume.
ocs_demo_remove_leftovers() {
  local id
  if [[ -S $1/docker/docker.sock ]]; then export DOCKER_HOST=unix://$1/docker/docker.sock; fi
  [[ -n ${DOCKER_HOST:-} ]] || ocs_docker_find "$1/docker" || return 0
  ocs_docker_api GET '/containers/json?all=true&filters=%7B%22label%22%3A%5B%22ocs.cluster%3Ddefault%22%5D%7D' 2>/dev/null |
    grep -o '"Id":"[0-9a-f]\{64\}"' | cut -d'"' -f4 | while read -r id; do
    ocs_docker_api DELETE "/containers/$id?force=true&v=true" >/dev/null 2>&1
  done
  ocs_docker_api DELETE /volumes/ocs-wordcount >/dev/null 2>&1 || true
}
