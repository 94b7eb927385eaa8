# shellcheck shell=bash
# Images for infra/image: of the silo and of PostgreSQL, and what they stand on where no registry answers. Needs docker.sh sourced before it, the
# root of the tree as working directory, DOCKER_HOST, and in OCS_IMAGE_DIR an empty folder to work in.
#
# Images that others stand on are made once and kept; remove one (docker rmi) to have it made anew.

OCS_REGISTRY_ASPNET=mcr.microsoft.com/dotnet/aspnet:10.0
OCS_REGISTRY_POSTGRES=postgres:15
OCS_BASE_IMAGE=ocs/base:bookworm
OCS_ASPNET_IMAGE=ocs/aspnet:10.0
OCS_POSTGRES_IMAGE_MADE=ocs/postgres:15
OCS_DEBIAN_MIRROR=${OCS_DEBIAN_MIRROR:-http://deb.debian.org}

# ocs_docker_pull IMAGE: unless it is there. Fails at once where no registry answers.
ocs_docker_pull() {
  ocs_docker_has_image "$1" && return 0
  ocs_docker_api POST "/images/create?fromImage=$1" --max-time 600 >"$OCS_IMAGE_DIR/pull.log" 2>&1 || true
  ocs_docker_has_image "$1"
}

ocs_docker_image_id() { ocs_docker_api GET "/images/$1/json" 2>/dev/null | grep -o '"Id":"[^"]*"' | head -n 1 | cut -d'"' -f4 || true; }

# ocs_docker_build TAG DIR BASE: DIR is the context and holds the Dockerfile. By the classic builder, which needs neither docker's client nor BuildKit.
ocs_docker_build() {
  local tag=$1 dir=$2 base=$3 log=$OCS_IMAGE_DIR/build.log earlier now
  earlier=$(ocs_docker_image_id "$tag")
  # On the host's network, where apt reaches what the host reaches.
  tar -C "$dir" --owner=0 --group=0 --numeric-owner -c . | ocs_docker_api POST \
    "/build?t=$tag&networkmode=host&rm=true&forcerm=true&buildargs=%7B%22BASE%22:%22$base%22%7D" \
    -H 'Content-Type: application/x-tar' -H 'Expect:' -T - >"$log" 2>&1 || true
  if ! grep -q '"stream":"Successfully tagged' "$log"; then
    ocs_say "The image $tag could not be built on $DOCKER_HOST. The end of what the builder said:"
    tail -n 15 "$log" >&2
    return 1
  fi
  now=$(ocs_docker_image_id "$tag")
  # What had the name before is left without one; where a container still uses it, it stays.
  if [[ -n $earlier && $earlier != "$now" ]]; then ocs_docker_api DELETE "/images/$earlier" -o /dev/null 2>/dev/null || true; fi
}

# ocs_debian_root DIR: a small Debian with what the .NET runtime loads, up to date, without what only people read.
ocs_debian_root() {
  local root=$1
  debootstrap --variant=minbase --force-check-gpg --include=ca-certificates,libssl3,libstdc++6 bookworm "$root" "$OCS_DEBIAN_MIRROR/debian" || return 1
  printf 'deb %s main\n' "$OCS_DEBIAN_MIRROR/debian bookworm" "$OCS_DEBIAN_MIRROR/debian bookworm-updates" \
    "$OCS_DEBIAN_MIRROR/debian-security bookworm-security" >"$root/etc/apt/sources.list"
  printf 'path-%s\n' exclude='/usr/share/doc/*' exclude='/usr/share/man/*' exclude='/usr/share/locale/*' include='/usr/share/doc/*/copyright' \
    >"$root/etc/dpkg/dpkg.cfg.d/small"
  chroot "$root" apt-get update -q && DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get upgrade -q -y || return 1
  find "$root/usr/share/doc" ! -type d ! -name copyright -delete
  find "$root/usr/share/doc" -type d -empty -delete
  rm -rf "$root"/usr/share/{man,locale}/* "$root"/var/lib/apt/lists/* "$root"/var/cache/{apt,debconf,ldconfig}/* "$root"/var/log/*
  # The host's own; Docker writes them anew for each container.
  rm -f "$root"/etc/{resolv.conf,hostname}
}

# ocs_image_clean: OCS_IMAGE_DIR, and first what is mounted below it, also by an interrupted debootstrap.
ocs_image_clean() {
  awk -v dir="$OCS_IMAGE_DIR/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
  rm -rf --one-file-system "$OCS_IMAGE_DIR"
}

ocs_base_image() {
  ocs_docker_has_image "$OCS_BASE_IMAGE" && return 0
  if ((EUID != 0)); then
    ocs_say "Only root can make $OCS_BASE_IMAGE (by debootstrap): run this as root, or name an image that is there with --base."
    return 1
  fi
  ocs_apt_install debootstrap debian-archive-keyring || return 1
  local root=$OCS_IMAGE_DIR/debian log=$OCS_IMAGE_DIR/debian.log
  mkdir -p "$root"
  # In memory, where that may be: dpkg flushes every file to the disk, for a folder that is thrown away, and that would double the time.
  mount -t tmpfs -o size=1g ocs-image "$root" 2>/dev/null || true
  ocs_say "Making $OCS_BASE_IMAGE from $OCS_DEBIAN_MIRROR, once; it takes about a minute ..."
  if ! ocs_debian_root "$root" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    ocs_say "The Debian for $OCS_BASE_IMAGE could not be made: see above. OCS_DEBIAN_MIRROR names another mirror than $OCS_DEBIAN_MIRROR."
    return 1
  fi
  tar -C "$root" --numeric-owner --one-file-system -c . | ocs_docker_api POST \
    "/images/create?fromSrc=-&repo=${OCS_BASE_IMAGE%:*}&tag=${OCS_BASE_IMAGE#*:}&changes=CMD%20%5B%22bash%22%5D" \
    -H 'Content-Type: application/x-tar' -H 'Expect:' -T - >"$log" 2>&1 || true
  umount -l "$root" 2>/dev/null || true
  ocs_docker_has_image "$OCS_BASE_IMAGE" && return 0
  ocs_say "The image $OCS_BASE_IMAGE could not be made on $DOCKER_HOST: $(tail -n 1 "$log")"
  return 1
}

# ocs_aspnet_image: the runtime that this machine's SDK brings, on the above.
ocs_aspnet_image() {
  ocs_docker_has_image "$OCS_ASPNET_IMAGE" && return 0
  local context=$OCS_IMAGE_DIR/aspnet name version folder root=''
  mkdir -p "$context/dotnet"
  while read -r name version folder; do
    folder=${folder#[} folder=${folder%]}
    [[ $name == Microsoft.@(NETCore|AspNetCore).App && $version == 10.* ]] || continue
    root=${folder%/shared/*}
    (cd "$root" && cp -r --parents "shared/$name/$version" "$context/dotnet") || return 1
    if [[ $name == Microsoft.NETCore.App ]]; then (cd "$root" && cp -r --parents dotnet "host/fxr/$version" "$context/dotnet") || return 1; fi
  done < <(dotnet --list-runtimes)
  if [[ ! -d $context/dotnet/shared/Microsoft.AspNetCore.App || ! -x $context/dotnet/dotnet ]]; then
    ocs_say "dotnet --list-runtimes names no runtime Microsoft.AspNetCore.App 10 to put into $OCS_ASPNET_IMAGE: install the SDK from https://dot.net."
    return 1
  fi
  ocs_base_image || return 1
  cat >"$context/Dockerfile" <<'DOCKERFILE'
ARG BASE
FROM ${BASE}
COPY dotnet /usr/share/dotnet
ENV PATH=/usr/share/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DOTNET_RUNNING_IN_CONTAINER=true
DOCKERFILE
  ocs_docker_build "$OCS_ASPNET_IMAGE" "$context" "$OCS_BASE_IMAGE"
}

# ocs_silo_base IMAGE|'': writes what the silo's image is to stand on: the named image, or the runtime's own, or one made here.
ocs_silo_base() {
  if [[ -n $1 ]]; then
    ocs_docker_pull "$1" && echo "$1" && return 0
    ocs_say "--base $1: the daemon at $DOCKER_HOST has no such image and cannot pull it: $(tail -n 1 "$OCS_IMAGE_DIR/pull.log")"
    return 1
  fi
  ocs_docker_pull "$OCS_REGISTRY_ASPNET" && echo "$OCS_REGISTRY_ASPNET" && return 0
  ocs_aspnet_image && echo "$OCS_ASPNET_IMAGE"
}

# ocs_silo_image TAG BASE: framework-dependent, because then the runtime's security fixes come with the base, silos of one host share its layer, and
# what is published is 6 MB on Embedded and 40 MB on Orleans instead of 110 MB more. (Trimming would be smaller, and Orleans finds types by reflection.)
# Without a runtime identifier, because the build that tests and demo have made is then published as it is, in seconds.
ocs_silo_image() {
  local tag=$1 base=$2 context=$OCS_IMAGE_DIR/silo log=$OCS_IMAGE_DIR/publish.log architecture
  case $(uname -m) in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
    *) ocs_say "There is no image of a silo for $(uname -m): x86_64 and aarch64 are known." && return 1 ;;
  esac
  if ! dotnet publish silo -c "$OCS_CONFIGURATION" -p:Engine="$OCS_ENGINE" -p:PublishDocumentationFiles=false -o "$context/app" \
    -nologo -v quiet >"$log" 2>&1; then
    cat "$log" >&2
    ocs_say "dotnet publish silo failed."
    return 1
  fi
  # Native libraries of other systems are nine tenths of it.
  find "$context/app/runtimes" -mindepth 1 -maxdepth 1 ! -name "linux-$architecture" ! -name "linux-musl-$architecture" -exec rm -rf {} +
  cp infra/Dockerfile "$context/"
  ocs_docker_build "$tag" "$context" "$base"
}

# ocs_postgres_image: writes the name of the image for infra/compose.yaml.
ocs_postgres_image() {
  ocs_docker_pull "$OCS_REGISTRY_POSTGRES" && echo "$OCS_REGISTRY_POSTGRES" && return 0
  if ! ocs_docker_has_image "$OCS_POSTGRES_IMAGE_MADE"; then
    ocs_base_image || return 1
    ocs_say "Making $OCS_POSTGRES_IMAGE_MADE from Debian's package, once ..."
    ocs_docker_build "$OCS_POSTGRES_IMAGE_MADE" infra/postgres "$OCS_BASE_IMAGE" || return 1
  fi
  echo "$OCS_POSTGRES_IMAGE_MADE"
}
