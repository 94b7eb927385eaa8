# shellcheck shell=bash
# Docker for the scripts of infra/: find a daemon that answers, or install and start one; and a small image that needs no registry.
#
#   source infra/lib/docker.sh
#   ocs_docker_ensure DIR     sets and exports DOCKER_HOST; DIR takes the data, socket, log and pid file of a daemon of our own
#   ocs_image                 makes ocs/busybox:latest there
#   ocs_docker_release        ends the daemon and removes its data, if this shell started it; callers with --keep leave this out
#   ocs_docker_stop DIR       the same for a daemon that an earlier shell has kept
#   ocs_compose ARGUMENT...   Docker Compose
#
# Everything but Compose speaks the Engine API through curl, so that no docker client is needed. Functions fail with 1 and say on stderr what to do;
# they may be called under set -euo pipefail.

OCS_IMAGE=ocs/busybox:latest
OCS_DOCKER_STARTED=

ocs_say() { printf '%s\n' "$*" >&2; }

# ocs_docker_api METHOD PATH [curl's options]: one call to the daemon that DOCKER_HOST names.
ocs_docker_api() {
  local method=$1 path=$2
  shift 2
  case ${DOCKER_HOST:-} in
    unix://*) curl -sS -X "$method" --unix-socket "${DOCKER_HOST#unix://}" "$@" "http://localhost$path" ;;
    tcp://*) curl -sS -X "$method" "$@" "http://${DOCKER_HOST#tcp://}$path" ;;
    *)
      ocs_say "DOCKER_HOST is '${DOCKER_HOST:-}': unix:///path/to.sock or tcp://host:port was expected (TLS and ssh:// are not supported)."
      return 1
      ;;
  esac
}

ocs_docker_answers() {
  [[ $(DOCKER_HOST=$1 ocs_docker_api GET /_ping --max-time 5 2>/dev/null) == OK ]]
}

# ocs_docker_find DIR: exports DOCKER_HOST as it is set, or the system's socket, or the one in DIR, whichever answers first.
ocs_docker_find() {
  local candidate
  for candidate in "${DOCKER_HOST:-}" unix:///var/run/docker.sock "unix://$1/docker.sock"; do
    if [[ -n $candidate ]] && ocs_docker_answers "$candidate"; then
      export DOCKER_HOST=$candidate
      return 0
    fi
  done
  if [[ -n ${DOCKER_HOST:-} ]]; then ocs_say "No Docker daemon answers at DOCKER_HOST=$DOCKER_HOST, nor at the usual socket."; fi
  return 1
}

# ocs_apt_install PACKAGE...: only what is missing, only as root, only where there is apt-get.
ocs_apt_install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    ocs_say "Missing: ${missing[*]}. Run this as root on Debian or Ubuntu, or install them yourself."
    return 1
  fi
  ocs_say "Installing ${missing[*]} ..."
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2 || {
    ocs_say "apt-get could not install ${missing[*]}: see its messages above."
    return 1
  }
}

ocs_docker_install() {
  command -v curl >/dev/null || ocs_apt_install curl ca-certificates || return 1
  command -v dockerd >/dev/null && command -v iptables >/dev/null && return 0
  ocs_apt_install docker.io containerd runc iptables
}

# ocs_docker_start DIR: a daemon of our own, in a session of its own so that a Ctrl-C meant for the script does not end it.
ocs_docker_start() {
  local dir=$1 tries
  if ((EUID != 0)); then
    ocs_say "No Docker daemon answers and only root can start one: run this as root, or set DOCKER_HOST to a daemon that you may use."
    return 1
  fi
  if ((${#dir} > 70)); then
    ocs_say "The path $dir is too long: a Unix socket in it could not be named. Choose one of at most 70 characters."
    return 1
  fi
  mkdir -p "$dir" || return 1
  rm -f "$dir/docker.pid"
  # No systemd is needed: dockerd starts a containerd of its own under its exec root.
  setsid dockerd --data-root "$dir/data" --exec-root "$dir/exec" --host "unix://$dir/docker.sock" --pidfile "$dir/docker.pid" \
    >"$dir/dockerd.log" 2>&1 </dev/null &
  local pid=$!
  for ((tries = 0; tries < 300; tries++)); do
    if ocs_docker_answers "unix://$dir/docker.sock"; then
      export DOCKER_HOST=unix://$dir/docker.sock
      OCS_DOCKER_STARTED=$dir
      return 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  ocs_say "dockerd did not come up. The end of $dir/dockerd.log:"
  tail -n 15 "$dir/dockerd.log" >&2
  ocs_say "It needs root, cgroups and iptables: in a container, run that one privileged, or set DOCKER_HOST to a daemon that answers."
  kill "$pid" 2>/dev/null
  return 1
}

ocs_docker_ensure() {
  local dir=$1
  if command -v curl >/dev/null && ocs_docker_find "$dir"; then return 0; fi
  ocs_docker_install || return 1
  ocs_docker_find "$dir" 2>/dev/null || ocs_docker_start "$dir"
}

ocs_docker_has_image() {
  [[ $(ocs_docker_api GET "/images/$1/json" -o /dev/null -w '%{http_code}' 2>/dev/null) == 200 ]]
}

# ocs_image: busybox alone in its root, a link for each applet; made from this host's static binary, so no registry is asked.
ocs_image() {
  ocs_docker_has_image "$OCS_IMAGE" && return 0
  ocs_apt_install busybox-static || return 1
  local root applet busybox answer
  busybox=$(command -v busybox) && root=$(mktemp -d) || return 1
  mkdir -p "$root"/{bin,etc,tmp,proc,sys,dev} && chmod 1777 "$root/tmp" && cp "$busybox" "$root/bin/busybox"
  for applet in $("$busybox" --list); do
    [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"
  done
  echo 'root:x:0:0:root:/:/bin/sh' >"$root/etc/passwd"
  answer=$(tar -C "$root" --owner=0 --group=0 --numeric-owner -c . | ocs_docker_api POST \
    "/images/create?fromSrc=-&repo=${OCS_IMAGE%:*}&tag=${OCS_IMAGE#*:}&changes=ENV%20PATH%3D%2Fbin&changes=CMD%20%5B%22sh%22%5D" \
    -H 'Content-Type: application/x-tar' --data-binary @- 2>&1) || true
  rm -rf "$root"
  ocs_docker_has_image "$OCS_IMAGE" && return 0
  ocs_say "The image $OCS_IMAGE could not be made on $DOCKER_HOST: $answer"
  return 1
}

# Ends every container of the daemon that DOCKER_HOST names: a daemon told to end waits 10 s for each that ignores TERM.
ocs_docker_remove_containers() {
  local id
  ocs_docker_api GET '/containers/json?all=true' 2>/dev/null | grep -o '"Id":"[0-9a-f]\{64\}"' | cut -d'"' -f4 | while read -r id; do
    ocs_docker_api DELETE "/containers/$id?force=true&v=true" >/dev/null 2>&1
  done || true
}

# ocs_docker_stop DIR: ends the daemon that was started in DIR, by its pid file, and removes its data.
ocs_docker_stop() {
  local dir=$1 pid tries
  [[ -f $dir/docker.pid ]] || return 0
  pid=$(<"$dir/docker.pid")
  DOCKER_HOST=unix://$dir/docker.sock ocs_docker_remove_containers
  kill "$pid" 2>/dev/null || true
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  if kill -0 "$pid" 2>/dev/null; then
    ocs_say "dockerd (pid $pid) did not end within 30 s; its data is left in $dir."
    return 1
  fi
  awk -v dir="$dir/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
  rm -rf "$dir"
}

# The daemon's bridge docker0 and its firewall chains stay: another daemon on this host may use them.
ocs_docker_release() {
  [[ -n $OCS_DOCKER_STARTED ]] || return 0
  ocs_docker_stop "$OCS_DOCKER_STARTED" || return 1
  OCS_DOCKER_STARTED=
  unset DOCKER_HOST
}

# ocs_compose ARGUMENT...: version 2, a plugin of docker's client, or version 1, which Debian has and which is installed where neither is.
ocs_compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose "$@"
  else
    command -v docker-compose >/dev/null || ocs_apt_install docker-compose || return 1
    docker-compose "$@"
  fi
}
