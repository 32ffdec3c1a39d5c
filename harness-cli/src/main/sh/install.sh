# shellcheck shell=bash disable=SC2154,SC2034 # setup.sh shares its variables
# The set-up's part that installs Debian packages. Sourced by setup.sh, which knows `level` and has found its `power`.

readonly backports_list=/etc/apt/sources.list.d/boma-it-backports

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

# Prints the packages that the level still lacks, the hypervisor's apart: their suite may be another.
ordinary_to_install() {
    jdk_home >/dev/null || echo "$jdk_package"
    command -v mvn >/dev/null || echo "$maven_package"
    not_installed "${analysis_packages[@]}"
    if [[ $level == rehearsal ]]; then rehearsal_to_install; fi
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
