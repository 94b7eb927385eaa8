# shellcheck shell=bash
# Certificates by which silos know one another, made by openssl. Needs docker.sh sourced before it.
#
#   source infra/lib/tls.sh
#   ocs_tls_authority DIR           makes authority.pem and authority.key in DIR, unless they are there
#   ocs_tls_certificate DIR NAME    makes NAME.pem and NAME.key there, signed by it, for a silo or an Orleans client
#
# Whoever holds authority.key can admit silos: no silo needs it. Functions fail with 1 and say on stderr what to do; they may be called under
# set -euo pipefail.

OCS_TLS_AUTHORITY_DAYS=3650
OCS_TLS_DAYS=365
OCS_TLS_KEY=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

# ocs_tls_openssl ARGUMENT...: quiet unless it fails.
ocs_tls_openssl() {
  local said
  said=$(openssl "$@" 2>&1) && return 0
  ocs_say "openssl $1 failed: $said"
  return 1
}

ocs_tls_authority() {
  local dir=$1
  command -v openssl >/dev/null || ocs_apt_install openssl || return 1
  [[ ! -s $dir/authority.pem ]] || return 0
  mkdir -p "$dir" && chmod 700 "$dir" || return 1
  ocs_tls_openssl req -x509 "${OCS_TLS_KEY[@]}" -days "$OCS_TLS_AUTHORITY_DAYS" -subj '/CN=ocs authority' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout "$dir/authority.key" -out "$dir/authority.pem"
}

ocs_tls_certificate() {
  local dir=$1 name=$2
  ocs_tls_openssl req -new "${OCS_TLS_KEY[@]}" -subj "/CN=$name" -keyout "$dir/$name.key" -out "$dir/$name.csr" &&
    printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'extendedKeyUsage=serverAuth,clientAuth' >"$dir/$name.ext" &&
    ocs_tls_openssl x509 -req -days "$OCS_TLS_DAYS" -CA "$dir/authority.pem" -CAkey "$dir/authority.key" -CAcreateserial \
      -extfile "$dir/$name.ext" -in "$dir/$name.csr" -out "$dir/$name.pem" && rm -f "$dir/$name.csr" "$dir/$name.ext"
}
