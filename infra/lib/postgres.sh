# shellcheck shell=bash
# PostgreSQL for the scripts of infra/: use the server that OCS_POSTGRES names, or install one and run it for a while.
#
#   source infra/lib/postgres.sh
#   ocs_postgres_ensure         sets and exports OCS_POSTGRES, a connection string as Npgsql reads it
#   ocs_postgres_release        ends the server and removes its data, if this shell started it
#
#   ocs_postgres_start DIR      a server of your own, its data, socket, log and pid file in DIR; again after a stop or a crash
#   ocs_postgres_stop DIR       ends it, and keeps its data
#   ocs_postgres_remove DIR     ends it, and removes DIR
#   ocs_postgres_connection DIR writes its connection string
#
# A server is reached by the Unix socket in its directory alone. Started by root, it runs as postgres (or nobody), because it refuses to run as
# root. Functions fail with 1 and say on stderr what to do; they may be called under set -euo pipefail.

declare -F ocs_apt_install >/dev/null || {
  # shellcheck source=infra/lib/docker.sh
  source "$(dirname "${BASH_SOURCE[0]}")/docker.sh"
}

OCS_POSTGRES_STARTED=
OCS_POSTGRES_BIN=

# Debian keeps the server's programs out of PATH.
ocs_postgres_find() {
  local candidate
  for candidate in "$(dirname "$(command -v pg_ctl 2>/dev/null || echo /nowhere/pg_ctl)")" /usr/lib/postgresql/*/bin; do
    if [[ -x $candidate/pg_ctl && -x $candidate/initdb && -x $candidate/postgres ]]; then OCS_POSTGRES_BIN=$candidate; fi
  done
  [[ -n $OCS_POSTGRES_BIN ]]
}

ocs_postgres_install() {
  ocs_postgres_find && return 0
  # Debian's package would start a server of its own beside ours.
  local settings=/etc/postgresql-common/createcluster.conf
  if ((EUID == 0)) && [[ ! -e $settings ]]; then
    mkdir -p "${settings%/*}" && echo 'create_main_cluster = false' >"$settings" || return 1
  fi
  ocs_apt_install postgresql || return 1
  ocs_postgres_find && return 0
  ocs_say "PostgreSQL is installed, but there is no pg_ctl in PATH or in /usr/lib/postgresql/*/bin."
  return 1
}

ocs_postgres_user() {
  if id -u postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

# ocs_postgres_as COMMAND...: as the server's user, where root asks; with no directory of the caller's to stumble over.
ocs_postgres_as() {
  local user
  if ((EUID != 0)); then
    (cd / && "$@")
    return
  fi
  user=$(ocs_postgres_user)
  (cd / && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --inh-caps=-all -- "$@")
}

ocs_postgres_connection() { echo "Host=$1;Username=ocs;Database=postgres"; }

ocs_postgres_init() {
  local dir=$1
  mkdir -p "$dir" && chmod 700 "$dir" || return 1
  if ((EUID == 0)); then chown "$(ocs_postgres_user)" "$dir" || return 1; fi
  ocs_postgres_as "$OCS_POSTGRES_BIN/initdb" --pgdata="$dir/data" --username=ocs --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$dir/initdb.log" 2>&1 || {
    ocs_say "initdb failed. The end of $dir/initdb.log:"
    tail -n 15 "$dir/initdb.log" >&2
    return 1
  }
}

ocs_postgres_start() {
  local dir=$1 tries
  if ((${#dir} > 80)); then
    ocs_say "The path $dir is too long: a Unix socket in it could not be named. Choose one of at most 80 characters."
    return 1
  fi
  ocs_postgres_install || return 1
  [[ -f $dir/data/PG_VERSION ]] || ocs_postgres_init "$dir" || return 1
  # After a crash the last of the old server's processes may still hold its memory for a moment, and pg_ctl refuses.
  for ((tries = 0; tries < 20; tries++)); do
    if ocs_postgres_as "$OCS_POSTGRES_BIN/pg_ctl" start --wait --silent --pgdata="$dir/data" --log="$dir/postgres.log" \
      --options="-k '$dir' -c listen_addresses='' -c max_connections=200" >/dev/null 2>&1 </dev/null; then
      return 0
    fi
    sleep 0.5
  done
  ocs_say "PostgreSQL did not come up. The end of $dir/postgres.log:"
  tail -n 15 "$dir/postgres.log" >&2
  return 1
}

# By the pid file in its data.
ocs_postgres_stop() {
  local dir=$1
  [[ -f $dir/data/postmaster.pid ]] || return 0
  ocs_postgres_find || return 1
  ocs_postgres_as "$OCS_POSTGRES_BIN/pg_ctl" stop --wait --silent --mode=fast --pgdata="$dir/data" >/dev/null && return 0
  ocs_say "PostgreSQL in $dir did not end; see $dir/postgres.log."
  return 1
}

ocs_postgres_remove() {
  ocs_postgres_stop "$1" || return 1
  rm -rf "$1"
}

ocs_postgres_ensure() {
  [[ -z ${OCS_POSTGRES:-} ]] || return 0
  local dir
  dir=$(mktemp -d /tmp/ocs-postgres.XXXXXX) || return 1
  ocs_postgres_start "$dir" || {
    rm -rf "$dir"
    return 1
  }
  OCS_POSTGRES_STARTED=$dir
  OCS_POSTGRES=$(ocs_postgres_connection "$dir")
  export OCS_POSTGRES
}

ocs_postgres_release() {
  [[ -n $OCS_POSTGRES_STARTED ]] || return 0
  ocs_postgres_remove "$OCS_POSTGRES_STARTED" || return 1
  OCS_POSTGRES_STARTED=
  unset OCS_POSTGRES
}
