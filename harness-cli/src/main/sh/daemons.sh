# shellcheck shell=bash disable=SC2154 # setup.sh shares its variables
# The set-up's part that starts libvirt. Sourced by setup.sh, which has found its `power`.

readonly daemon_conf=/etc/libvirt/libvirtd-boma-it.conf
readonly daemon_settings='# Written by boma-it setup, for a machine whose process 1 is not systemd.
unix_sock_group = "libvirt"
unix_sock_ro_perms = "0770"
unix_sock_rw_perms = "0770"
auth_unix_ro = "none"
auth_unix_rw = "none"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"'

# An emulated guest gains nothing by huge pages, and with them it takes hold of all its memory as soon as it goes on from
# a checkpoint; clearing that takes longer than loading what was saved. QEMU asks for them and libvirt cannot say no, but
# QEMU inherits the kernel's no: prctl(PR_SET_THP_DISABLE, 1), which none of Debian's other tools calls.
readonly without_huge_pages='syscall(157, 41, 1, 0, 0, 0) == 0 or warn "prctl: $!"; exec @ARGV or die "$ARGV[0]: $!"'

# Exit status 0 where reading memory that nothing was written to costs no memory: the kernel shows one page of zeros in
# all its places. Some kernels below a hypervisor have none. There QEMU, which looks at every page when a guest goes on,
# takes hold of all memory anyhow, and by huge pages that is done several times as fast. 2,048 pages are read: mmap(2)
# with PROT_READ, MAP_PRIVATE and MAP_ANONYMOUS. To be run without huge pages.
readonly has_page_of_zeros='
    sub resident { open my $statm, "<", "/proc/self/statm" or die "statm: $!"; (split " ", <$statm>)[1] }
    my $memory = syscall(9, 0, 2048 * 4096, 1, 0x22, -1, 0);
    $memory > 0 or die "mmap: $!";
    my $before = resident();
    unpack "P1", pack "Q", $memory + 4096 * $_ for 0 .. 2047;
    exit(resident() - $before >= 1024);'

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
#
# QEMU detaches itself from libvirtd, and libvirt takes it for alive until its new parent has waited for it. A process 1
# other than systemd may do so late or never; below tini, which adopts what detaches itself, it happens at once.
start_without_systemd() {
    write_as_root "$daemon_conf" "$daemon_settings"
    if ! kvm_is_for_its_group; then
        as_root chgrp kvm /dev/kvm
        as_root chmod 660 /dev/kvm
    fi
    if ! is_running virtlogd; then as_root virtlogd -d; fi
    if is_running libvirtd; then
        as_root kill "$(cat /run/libvirtd.pid)"
        wait_until has_ended libvirtd || true
    fi
    local -a daemon=(/usr/bin/tini -s -- libvirtd -f "$daemon_conf")
    local -a by_small_pages=(/usr/bin/perl -e "$without_huge_pages")
    if ! has_hardware_virtualization && "${by_small_pages[@]}" /usr/bin/perl -e "$has_page_of_zeros"; then
        daemon=("${by_small_pages[@]}" "${daemon[@]}")
    fi
    as_root start-stop-daemon --start --background --pidfile /run/libvirtd.pid --name libvirtd \
        --startas "${daemon[0]}" -- "${daemon[@]:1}"
    if [[ $power != print ]]; then wait_until libvirt_answers || true; fi # the doctor's check tells
}

libvirt_answers() {
    as_root virsh --quiet --connect qemu:///system uri >/dev/null 2>&1
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
