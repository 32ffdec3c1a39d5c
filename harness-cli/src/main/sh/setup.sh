#!/usr/bin/env bash
# Makes this machine ready: setup.sh analysis|rehearsal. Changes only what a check finds missing.
# Exit status: 0 ready, 3 not ready (the reason and the remedy are on standard error).
set -euo pipefail
# shellcheck source=harness-cli/src/main/sh/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

readonly backports_list=/etc/apt/sources.list.d/boma-it-backports
readonly daemon_conf=/etc/libvirt/libvirtd-boma-it.conf
readonly daemon_settings='# Written by boma-it setup, for a machine whose process 1 is not systemd.
unix_sock_group = "libvirt"
unix_sock_ro_perms = "0770"
unix_sock_rw_perms = "0770"
auth_unix_ro = "none"
auth_unix_rw = "none"'

say() {
    echo "boma-it: $*" >&2
}

give_up() {
    say "$1"
    shift
    (($#)) && printf '  %s\n' "$@" >&2
    exit 3
}

# --- root's part ------------------------------------------------------------------------------------------------------

# How this process reaches root: itself, sudo, or not at all ("print": the commands are shown instead of run).
find_power() {
    if [[ $EUID -eq 0 ]]; then
        power=root
    elif sudo -n true 2>/dev/null; then
        power=sudo
    elif [[ -t 0 && -t 2 ]] && command -v sudo >/dev/null && sudo -v; then
        power=sudo
    else
        power=print
        commands=()
    fi
}

as_root() {
    case $power in
        root) "$@" ;;
        sudo) sudo -n -- "$@" ;;
        print) commands+=("$(quoted "$@")") ;;
    esac
}

# The words as a shell reads them, with quotes only where it needs them.
quoted() {
    local word line=
    for word; do
        if [[ ! $word =~ ^[[:alnum:]_.,:/=+@-]+$ ]]; then word=${word@Q}; fi
        line+=" $word"
    done
    echo "${line# }"
}

# Gives a file of root's its content.
write_as_root() {
    if [[ $power == print ]]; then
        commands+=("cat > $1 <<'END'"$'\n'"$2"$'\n'END)
    else
        as_root tee "$1" <<<"$2" >/dev/null
    fi
}

# Runs apt-get unattended, and keeps its many lines back unless it fails.
apt() {
    if [[ $power == print ]]; then
        commands+=("$(quoted apt-get "$@")")
        return
    fi
    local log
    log=$(mktemp)
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null >"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" | sed 's/^/  | /' >&2
        rm -f "$log"
        return 1
    fi
}

# --- packages ---------------------------------------------------------------------------------------------------------

# Prints the packages that the level still lacks, the hypervisor's apart: their suite may be another.
ordinary_to_install() {
    jdk_home >/dev/null || echo "$jdk_package"
    command -v mvn >/dev/null || echo "$maven_package"
    not_installed "${analysis_packages[@]}"
    if [[ $level == rehearsal ]]; then not_installed "${rehearsal_packages[@]}"; fi
}

install_packages() {
    local ordinary hypervisor=
    ordinary=$(ordinary_to_install)
    if [[ $level == rehearsal ]]; then hypervisor=$(hypervisor_to_install); fi
    if [[ -z $ordinary$hypervisor ]]; then return; fi

    if [[ $power != print ]]; then say "Installing $(xargs <<<"$ordinary $hypervisor")"; fi
    finish_interrupted_installation
    renew_lists
    if [[ -n $hypervisor ]] && needs_backports; then add_backports; fi
    # shellcheck disable=SC2086 # one word a package
    install_from '' $ordinary
    # shellcheck disable=SC2086
    install_from "$(needs_backports && echo bookworm-backports)" $hypervisor
    hypervisor_is_new=${hypervisor:+yes}
}

# Installs the given packages, if any, from a suite (empty: the machine's own choice).
install_from() {
    local suite=$1
    shift
    if (($# == 0)); then return; fi
    apt install --no-install-recommends ${suite:+-t "$suite"} "$@" || give_up \
        "Installing $* failed." \
        'next: see the lines above; check the network and the free disk space, try "apt-get update" as root, call again'
}

renew_lists() {
    apt update -o APT::Update::Error-Mode=any \
        || say 'The package lists could not be renewed; trying with those that are here.'
}

# An installation that was cut off leaves dpkg unable to start another.
finish_interrupted_installation() {
    if compgen -G '/var/lib/dpkg/updates/[0-9]*' >/dev/null || [[ -n $(dpkg --audit 2>/dev/null) ]]; then
        say 'Finishing an installation that was interrupted'
        as_root env DEBIAN_FRONTEND=noninteractive dpkg --force-confdef --force-confold --configure -a </dev/null >&2 \
            || say 'Some packages could not be configured; trying to repair them.'
        apt --fix-broken install || give_up 'dpkg cannot be put in order.' \
            'next: run "dpkg --configure -a" and "apt-get --fix-broken install" as root, call again'
    fi
}

# Adds the backports suite from the mirror, and with the key, that this machine takes Debian from already.
add_backports() {
    local sources
    # shellcheck disable=SC2016 # the names are apt-get's
    sources=$(apt-get indextargets 'Created-By: Packages' 'Component: main' --format '$(RELEASE) $(SOURCESENTRY)')
    if grep -q '^bookworm-backports ' <<<"$sources"; then return; fi
    local entry file
    entry=$(sed -nE 's/^(bookworm|oldstable) //p' <<<"$sources" | head -n 1)
    file=${entry%:*}
    case $file in
        *.sources) write_as_root "$backports_list.sources" "$(deb822_backports "$file" "${entry##*:}")" ;;
        *.list) write_as_root "$backports_list.list" "$(one_line_backports "$file" "${entry##*:}")" ;;
        *) give_up 'APT has no list of the packages of Debian 12, so its backports cannot be added.' \
            'next: run "apt-get update" as root, check the network and /etc/apt if it complains, call again' ;;
    esac
    renew_lists
}

# The given stanza with the suite replaced; address, key and options stay.
deb822_backports() {
    awk -v RS= -v wanted="$2" 'NR == wanted' "$1" | awk '
        /^[^ \t]/ { skip = tolower($1) ~ /^(types|suites|components|enabled):$/ }
        /^#/ || skip { next }
        { print }
        END { print "Types: deb\nSuites: bookworm-backports\nComponents: main" }'
}

# The given line with the suite replaced; options and address stay.
one_line_backports() {
    sed -nE "$2s/^(deb +(\\[[^]]*\\] +)?[^ ]+) .*/\\1 bookworm-backports main/p" "$1"
}

# --- daemons ----------------------------------------------------------------------------------------------------------

start_daemons() {
    if [[ $power != print ]]; then say 'Starting libvirt'; fi
    if systemd_is_init; then
        start_units
    else
        start_without_systemd
    fi
}

# libvirt comes as one daemon or as one a driver; whichever the packages enabled is started.
start_units() {
    local -a sockets
    mapfile -t sockets < <(systemctl list-unit-files --state=enabled --no-legend 'virt*d.socket' | awk '{print $1}')
    if [[ ${sockets[*]} == *virtqemud.socket* ]]; then
        as_root systemctl start "${sockets[@]}"
    else
        as_root systemctl enable --now virtlogd.socket libvirtd.socket
    fi
}

# Without systemd nobody starts the daemons, and no polkit agent asks: the socket is opened to the group instead.
# Running guests survive a restart of libvirtd.
start_without_systemd() {
    write_as_root "$daemon_conf" "$daemon_settings"
    if ! is_running virtlogd; then as_root virtlogd -d; fi
    if is_running libvirtd; then
        as_root kill "$(cat /run/libvirtd.pid)"
        wait_until has_ended libvirtd || true
    fi
    as_root libvirtd -d -f "$daemon_conf"
}

has_ended() {
    ! is_running "$1"
}

# Polls a condition every tenth of a second, for 30 seconds at most.
wait_until() {
    local deadline=$((SECONDS + 30))
    until "$@"; do
        if [[ $power == print ]] || ((SECONDS >= deadline)); then return 1; fi
        sleep 0.1
    done
}

# --- account ----------------------------------------------------------------------------------------------------------

join_groups() {
    as_root usermod -aG libvirt,kvm "$(person)"
    if [[ $power == print ]]; then return; fi
    say "$(person) was added to the groups libvirt and kvm: log in again to have them in every session."
}

# The first range of 65,536 ids beyond all that are given out.
give_subids() {
    local first
    first=$(cat /etc/subuid /etc/subgid 2>/dev/null \
        | awk -F: 'BEGIN { next_id = 100000 } $2 + $3 > next_id { next_id = $2 + $3 } END { print next_id }')
    as_root usermod --add-subuids "$first-$((first + 65535))" --add-subgids "$first-$((first + 65535))" "$(person)"
}

# --- all together -----------------------------------------------------------------------------------------------------

# Whether a check passes; one that is worth knowing only (2) does.
passes() {
    local status=0
    "check_$1" || status=$?
    ((status != 1))
}

all_pass() {
    local check
    for check; do passes "$check" || return 1; done
}

make_ready() {
    local hypervisor_is_new=
    install_packages
    if [[ $level == analysis ]]; then return; fi
    if ! passes groups; then join_groups; fi
    if ! passes subids; then give_subids; fi
    if [[ $hypervisor_is_new ]] || ! passes daemons || { [[ $power != print ]] && ! passes connection; }; then
        start_daemons
        wait_until passes connection || true # the checks that follow say what is wrong
    fi
}

main() {
    level=${1:-rehearsal}
    local -n checks=${level}_checks
    if all_pass "${checks[@]}"; then return; fi
    passes system || give_up "This machine cannot run the harness: $seen." "next: $next"

    find_power
    make_ready
    if [[ $power == print ]]; then
        give_up 'This machine is not ready, and this account is neither root nor let in by sudo without a password.' \
            'next: run these commands as root, then call again:' "${commands[@]/#/  }"
    fi
    local check
    for check in "${checks[@]}"; do
        passes "$check" || give_up "The set-up is not complete: $check: $seen." \
            "next: ./boma-it doctor lists every check with its remedy"
    done
}

# Sourced, by a test, it only defines its functions.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main "$@"; fi
