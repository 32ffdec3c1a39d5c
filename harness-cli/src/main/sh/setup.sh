#!/usr/bin/env bash
# Makes this machine ready: setup.sh analysis|rehearsal. Changes only what a check finds missing.
# Exit status: 0 ready, 3 not ready (the reason and the remedy are on standard error).
set -euo pipefail
# shellcheck source=harness-cli/src/main/sh/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
# shellcheck source=harness-cli/src/main/sh/install.sh
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"
# shellcheck source=harness-cli/src/main/sh/daemons.sh
. "$(dirname "${BASH_SOURCE[0]}")/daemons.sh"

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
