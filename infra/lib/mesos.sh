# shellcheck shell=bash
# The client of Mesos that the tests use unmodified: the npm package mesos-framework, and the Node.js that it was made for, from npm's registry.
#
#   source infra/lib/docker.sh infra/lib/mesos.sh
#   ocs_mesos_client DIR      installs both in DIR and exports OCS_MESOS_CLIENT=DIR; 1 where npm or its registry cannot be had

OCS_MESOS_PACKAGE=mesos-framework@0.5.3
# A newer Node.js does not tell the package that an answer has broken off, by which it knows that it has to subscribe again.
OCS_MESOS_NODE=8.17.0
OCS_MESOS_PATIENCE=300

ocs_mesos_client() {
  local dir=$1 arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) ocs_say "There is no Node.js $OCS_MESOS_NODE for $(uname -m)." && return 1 ;;
  esac
  command -v npm >/dev/null || timeout "$OCS_MESOS_PATIENCE" bash -c "$(declare -f ocs_say ocs_apt_install); ocs_apt_install nodejs npm" || return 1
  mkdir -p "$dir" || return 1
  ocs_say "Installing $OCS_MESOS_PACKAGE ..."
  if ! timeout "$OCS_MESOS_PATIENCE" npm install --prefix "$dir" --no-audit --no-fund --ignore-scripts --loglevel=error \
    "$OCS_MESOS_PACKAGE" "node-linux-$arch@$OCS_MESOS_NODE" >"$dir/npm.log" 2>&1 </dev/null; then
    ocs_say "npm could not install $OCS_MESOS_PACKAGE: $(grep -m 1 -iE 'err|fail' "$dir/npm.log" || echo "see $dir/npm.log")"
    return 1
  fi
  mkdir -p "$dir/bin" && ln -sf "../node_modules/node-linux-$arch/bin/node" "$dir/bin/node" && "$dir/bin/node" --version >/dev/null || return 1
  export OCS_MESOS_CLIENT=$dir
}
