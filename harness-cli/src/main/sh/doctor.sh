#!/usr/bin/env bash
# Lists every check with what was seen and its remedy. Needs nothing but bash and the essential tools of Debian.
# Exit status: 0 a rehearsal can run here, 3 it cannot.
set -euo pipefail
# shellcheck source=harness-cli/src/main/sh/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

check_acceleration() {
    seen='hardware virtualization (KVM)'
    next=
    has_hardware_virtualization && return
    seen='no vmx or svm in /proc/cpuinfo: guests are emulated, several times slower'
    next='enable virtualization in the firmware or for this VM, or wait longer'
    return 2
}

# A playbook runs in a network namespace of its own. Root needs no user namespace for that.
check_namespaces() {
    local -a kinds=(--user --map-root-user --net)
    if [[ $(person) == root ]]; then kinds=(--net); fi
    seen='network namespaces can be made'
    next='as root: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000'
    as_person unshare "${kinds[@]}" true 2>/dev/null && return
    seen="$(person) cannot make network namespaces"
    return 1
}

check_memory() {
    local mebibytes
    mebibytes=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
    seen="$mebibytes MiB available"
    next='end other programs: the default guest takes 3072 MiB, and the host keeps 512 MiB'
    ((mebibytes >= 3584))
}

check_disk() {
    local mebibytes
    mebibytes=$(df --output=avail -BM /var/lib | tail -n 1 | tr -dc 0-9)
    seen="$mebibytes MiB free in /var/lib"
    next='free some space: images and overlays need about 8 GiB'
    ((mebibytes >= 8192))
}

failed=0
for check in "${rehearsal_checks[@]}" acceleration namespaces memory disk; do
    status=0
    "check_$check" || status=$?
    case $status in
        0) printf 'ok    %-13s %s\n' "$check" "$seen" ;;
        2) printf 'note  %-13s %s\n      %-13s next: %s\n' "$check" "$seen" '' "$next" ;;
        *)
            printf 'MISS  %-13s %s\n      %-13s next: %s\n' "$check" "$seen" '' "$next"
            failed=1
            ;;
    esac
done
if ((failed)); then
    echo 'This machine cannot run a rehearsal yet.'
    exit 3
fi
echo 'This machine can run a rehearsal.'
