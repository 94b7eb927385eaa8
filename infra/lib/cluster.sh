# shellcheck shell=bash
# Several silos on this machine that share a PostgreSQL database and a Docker daemon, for infra/cluster. Needs docker.sh, postgres.sh,
# silo.sh and tls.sh sourced before it, and the root of the tree as working directory. Everything that is started is known by files in $OCS_CLUSTER_DIR.

OCS_CLUSTER_DIR=${OCS_CLUSTER_DIR:-/tmp/ocs-cluster}
OCS_CLUSTER_API_PORT=7070
OCS_CLUSTER_SILO_PORT=11110
OCS_CLUSTER_GATEWAY_PORT=30000

# Of one node. All of them offer more than this machine has: they are for trying things out.
OCS_CLUSTER_CAPACITY=(--cpu 4000 --memory 4096 --disk 10000)

ocs_cluster_address() { echo "http://127.0.0.1:$((OCS_CLUSTER_API_PORT + $1))"; }

ocs_cluster_pid() { cat "$OCS_CLUSTER_DIR/silo-$1/silo.pid" 2>/dev/null; }

ocs_cluster_runs() {
  local pid
  pid=$(ocs_cluster_pid "$1") && kill -0 "$pid" 2>/dev/null
}

ocs_cluster_is_ready() { curl -fsS --max-time 5 "$(ocs_cluster_address "$1")/readyz" >/dev/null 2>&1; }

# ocs_cluster_silos: the numbers of all silos of the cluster that is up.
ocs_cluster_silos() {
  local dir
  for dir in "$OCS_CLUSTER_DIR"/silo-*; do
    if [[ -d $dir ]]; then echo "${dir##*-}"; fi
  done
}

# ocs_cluster_silo_start N: the same silo again after it was killed, as an init system would; a new process for the others.
ocs_cluster_silo_start() {
  local n=$1 dir=$OCS_CLUSTER_DIR/silo-$1 options=()
  mkdir -p "$dir"
  options=(--data "$dir/data" --listen "127.0.0.1:$((OCS_CLUSTER_API_PORT + n))" --runtime "$OCS_CLUSTER_RUNTIME"
    --postgres "$(ocs_postgres_connection "$OCS_CLUSTER_DIR/postgres")" --migrate true "${OCS_CLUSTER_CAPACITY[@]}")
  if [[ $OCS_ENGINE == Orleans ]]; then
    options+=(--node "node-$n" --silo-port $((OCS_CLUSTER_SILO_PORT + n)) --gateway-port $((OCS_CLUSTER_GATEWAY_PORT + n)) --lost-after-seconds 11)
  else
    options+=(--node node --nodes 3)
  fi
  if [[ -n ${OCS_CLUSTER_TLS:-} ]]; then
    ocs_cluster_certificate "$n" || return 1
    options+=(--tls-certificate "$OCS_CLUSTER_DIR/tls/node-$n.pem" --tls-key "$OCS_CLUSTER_DIR/tls/node-$n.key" --tls-authority "$OCS_CLUSTER_DIR/tls/authority.pem")
  fi
  setsid "silo/bin/$OCS_ENGINE/$OCS_CONFIGURATION/net10.0/ocs-silo" "${options[@]}" >>"$dir/silo.log" 2>&1 </dev/null &
  echo $! >"$dir/silo.pid"
}

# ocs_cluster_certificate N: once for each silo.
ocs_cluster_certificate() {
  ocs_tls_authority "$OCS_CLUSTER_DIR/tls" || return 1
  [[ -s $OCS_CLUSTER_DIR/tls/node-$1.pem ]] || ocs_tls_certificate "$OCS_CLUSTER_DIR/tls" "node-$1"
}

ocs_cluster_silo_wait() {
  ocs_until 60 "silo $1 is ready" ocs_cluster_is_ready "$1" && return 0
  tail -n 20 "$OCS_CLUSTER_DIR/silo-$1/silo.log" >&2
  return 1
}

# ocs_cluster_containers NODE|'': ids of the containers of a node, or of all nodes of this cluster.
ocs_cluster_containers() {
  local filter='"ocs.cluster=default"'
  if [[ -n $1 ]]; then filter+=",\"ocs.node=$1\""; fi
  ocs_docker_api GET /containers/json --get --data all=true --data-urlencode "filters={\"label\":[$filter]}" 2>/dev/null |
    grep -o '"Id":"[0-9a-f]\{64\}"' | cut -d'"' -f4 || true
}

# What the daemon is, stands in a file: a later call must reach the same one.
ocs_cluster_docker() {
  if [[ $OCS_CLUSTER_RUNTIME != docker ]]; then return 0; fi
  if [[ -f $OCS_CLUSTER_DIR/docker-host ]]; then
    DOCKER_HOST=$(<"$OCS_CLUSTER_DIR/docker-host")
    export DOCKER_HOST
    return 0
  fi
  ocs_docker_ensure "$OCS_CLUSTER_DIR/docker" && ocs_image && echo "$DOCKER_HOST" >"$OCS_CLUSTER_DIR/docker-host"
}
