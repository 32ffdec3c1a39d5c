# shellcheck shell=bash disable=SC2034
# What this machine is, and whether it is ready. Each check_… leaves in `seen` what it saw and in `next` what to do
# about it, and returns 0 (fine), 1 (missing) or 2 (works, but worth knowing). None of them changes anything.

# shellcheck source=harness-cli/src/main/sh/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

# The tools of administration are not on every account's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

readonly set_up='./boma-it setup'
analysis_checks=(system jdk maven analysis)
rehearsal_checks=(system jdk maven analysis packages daemons groups subids connection)

# --- facts ------------------------------------------------------------------------------------------------------------

# The account that is to rehearse: whoever called, also through sudo.
person() {
    if [[ $EUID -eq 0 ]]; then echo "${SUDO_USER:-root}"; else id -un; fi
}

systemd_is_init() {
    [[ -d /run/systemd/system ]]
}

# /dev/kvm proves nothing: it may exist, open and still run no ordinary kernel.
has_hardware_virtualization() {
    grep -qwE 'vmx|svm' /proc/cpuinfo
}

# QEMU 7.2 of Debian 12 corrupts emulated guests (multi-threaded TCG); its backports carry one that does not.
needs_backports() {
    [[ $(os_release VERSION_CODENAME) == bookworm ]] && ! has_hardware_virtualization
}

os_release() {
    sed -n "s/^$1=\"\\?\\([^\"]*\\)\"\\?\$/\\1/p" /etc/os-release 2>/dev/null || true
}

# The feature release of the JDK in the given directory; nothing where there is none.
jdk_release() {
    if [[ -x $1/bin/javac && -r $1/release ]]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    fi
}

# The directory of the JDK to use: JAVA_HOME, else the one on PATH, else any that is installed; 17 or later.
jdk_home() {
    local on_path home release
    on_path=$(readlink -f "$(command -v javac || true)") || true
    for home in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/*; do
        release=$(jdk_release "$home")
        if [[ ${release:-0} -ge 17 ]]; then
            echo "$home"
            return
        fi
    done
    return 1
}

# Prints those of the given packages that are not fully installed.
not_installed() {
    local installed
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    local package
    for package; do
        grep -qx "installed $package" <<<"$installed" || echo "$package"
    done
}

# Whether the installed package is at least of the given version.
is_at_least() {
    local version
    version=$(dpkg-query -W -f='${Version}' "$1" 2>/dev/null) && dpkg --compare-versions "$version" ge "$2"
}

# The hypervisor packages that are missing or too old to emulate.
hypervisor_to_install() {
    local missing
    missing=$(not_installed "${hypervisor_packages[@]}")
    if [[ -z $missing ]] && needs_backports \
        && ! { is_at_least qemu-system-x86 1:10 && is_at_least libvirt-daemon-system 11; }; then
        missing=$(printf '%s\n' "${hypervisor_packages[@]}")
    fi
    echo "$missing"
}

# Prints the packages, the hypervisor's apart, that the steps of a rehearsal call and that are not installed.
rehearsal_to_install() {
    local -a packages=("${rehearsal_packages[@]}")
    systemd_is_init || packages+=("${container_packages[@]}")
    not_installed "${packages[@]}"
}

# Runs a command as the account that is to rehearse, with the groups that the account database gives it now.
as_person() {
    local who
    who=$(person)
    if [[ $EUID -ne 0 ]]; then
        if in_session libvirt || ! in_database "$who" libvirt; then "$@"; else sg libvirt -c "${*@Q}"; fi
    elif [[ $who == root ]]; then
        "$@"
    else
        runuser -u "$who" -- "$@"
    fi
}

# Whether this very process has the group; a membership given after the log-in does not count.
in_session() {
    grep -qw -- "$1" <<<"$(id -nG)"
}

# Whether the account database gives the account the group.
in_database() {
    grep -qw -- "$2" <<<"$(id -nG "$1")"
}

# --- checks -----------------------------------------------------------------------------------------------------------

check_system() {
    local version architecture
    version=$(os_release VERSION_ID)
    architecture=$(uname -m)
    seen="$(os_release PRETTY_NAME), $architecture"
    next='use a machine with Debian 12 or 13 on x86-64'
    [[ $(os_release ID) == debian && ${version:-99} -ge 12 && $architecture == x86_64 ]]
}

check_jdk() {
    local home
    next=$set_up
    if ! home=$(jdk_home); then
        seen='no JDK 17 or later'
        return 1
    fi
    seen="JDK $(jdk_release "$home") in $home"
}

check_maven() {
    next=$set_up
    seen=$(command -v mvn) || { seen='no mvn'; return 1; }
}

check_analysis() {
    check_installed "$(not_installed "${analysis_packages[@]}")"
}

check_packages() {
    check_installed "$(hypervisor_to_install)" "$(rehearsal_to_install)"
}

check_installed() {
    local missing
    missing=$(xargs <<<"$*")
    next=$set_up
    seen=${missing:+missing or too old: $missing}
    seen=${seen:-all installed}
    [[ -z $missing ]]
}

check_daemons() {
    next=$set_up
    seen='libvirt answers on its socket'
    if systemd_is_init; then
        systemctl --quiet is-active libvirtd.socket virtqemud.socket >/dev/null 2>&1 && return
        seen='no libvirt socket is active'
        return 1
    fi
    local daemon
    for daemon in virtlogd libvirtd; do
        if ! is_running "$daemon"; then
            seen="$daemon is not running, and process 1 is not systemd"
            return 1
        fi
    done
    if ! kvm_is_for_its_group; then
        seen='/dev/kvm is not for the group kvm, and there is no udev to make it so'
        return 1
    fi
    seen='virtlogd and libvirtd are running'
}

# libvirt remembers what QEMU can do only while QEMU's own user may use /dev/kvm just as root, who asked, may; otherwise
# it asks QEMU anew for every guest, which takes seconds. Whether KVM works there is another question.
kvm_is_for_its_group() {
    [[ ! -e /dev/kvm || $(stat -c '%G %a' /dev/kvm) == 'kvm 660' ]]
}

# Whether the daemon whose process id lies in /run is alive.
is_running() {
    local pid
    pid=$(cat "/run/$1.pid" 2>/dev/null) && [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "$1" ]]
}

check_groups() {
    local who group
    who=$(person)
    next=$set_up
    seen='root needs none'
    [[ $who == root ]] && return
    for group in libvirt kvm; do
        if ! in_database "$who" "$group"; then
            seen="$who is not in the group $group"
            return 1
        fi
    done
    seen="$who is in libvirt and kvm"
    if [[ $EUID -ne 0 ]] && ! in_session libvirt; then
        seen+=', but this session is older than that'
        next='log in again'
        return 2
    fi
}

check_subids() {
    local who
    who=$(person)
    next=$set_up
    seen='root needs none'
    [[ $who == root ]] && return
    seen="$who has a range in /etc/subuid and /etc/subgid"
    if ! { grep -q "^$who:" /etc/subuid && grep -q "^$who:" /etc/subgid; } 2>/dev/null; then
        seen="$who has no range in /etc/subuid or /etc/subgid"
        return 1
    fi
}

check_connection() {
    next=$set_up
    if ! command -v virsh >/dev/null; then
        seen='no virsh'
        return 1
    fi
    if ! seen=$(as_person timeout 10 virsh -q -c qemu:///system uri </dev/null 2>&1); then
        seen=$(grep . <<<"$seen" | tail -n 1)
        return 1
    fi
    seen="$(person) is let in at $seen"
}
