# Prints everything that a firewall verdict depends on, in sections "=== NAME". Run as root by a POSIX shell.
#
# nft prints rules that iptables-nft wrote without their parameters when it prints JSON, but translates most of them when
# it prints text. So the text is loaded into a network namespace of its own and printed as JSON from there. That namespace
# gets an interface for every name of this host, because rules that name one by index do not load without it.

section() { printf '=== %s\n' "$1"; }

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

section version
nft -V 2>&1
read -r release < /proc/sys/kernel/osrelease && printf '%s\n' "$release"

section ruleset
nft -j list ruleset

section text
nft list ruleset > "$scratch/text"
cat "$scratch/text"

section translated
# A rule that cannot be translated would keep all others from loading: a placeholder takes its place.
sed -e 's/^[[:space:]]*xt [mtw][a-z]* [^ ].*/counter comment "untranslated"/' \
    -e 's/^[[:space:]]*.* xt [mtw][a-z]* [^ ].*/counter comment "untranslated"/' "$scratch/text" > "$scratch/loadable"
# A kernel without dummy devices has veth; the second of the two fails otherwise.
while read -r name _; do
    case $name in
        *'|'* | lo:*) ;;
        *:*) printf 'link add dev %s type dummy\nlink add dev %s type veth\n' "${name%%:*}" "${name%%:*}" ;;
    esac
done < /proc/net/dev > "$scratch/links"
if command -v unshare > /dev/null && [ -s "$scratch/loadable" ]; then
    unshare -n sh -c '
        ip -force -batch "$1" 2> /dev/null
        nft -f "$2" && nft -j list ruleset' sh "$scratch/links" "$scratch/loadable" 2>&1
fi

section iptables-save
command -v iptables-save > /dev/null && iptables-save 2> /dev/null
section ip6tables-save
command -v ip6tables-save > /dev/null && ip6tables-save 2> /dev/null

section legacy-tables
legacy=
for family in ip ip6; do
    [ -r "/proc/net/${family}_tables_names" ] || continue
    while read -r name; do
        printf '%s %s\n' "$family" "$name"
        legacy=yes
    done < "/proc/net/${family}_tables_names"
done
section legacy-rules
if [ -n "$legacy" ]; then
    printf '=ip\n'
    command -v iptables-legacy-save > /dev/null && iptables-legacy-save 2> /dev/null
    printf '=ip6\n'
    command -v ip6tables-legacy-save > /dev/null && ip6tables-legacy-save 2> /dev/null
fi

section addresses
ip -j addr
section routes4
ip -4 -j route show table all
section routes6
ip -6 -j route show table all 2> /dev/null
section rules4
ip -4 -j rule
section rules6
ip -6 -j rule 2> /dev/null

section sysctls
# By builtins alone: each process costs an emulated host milliseconds. dash asks for one byte at a time, and the kernel has
# no second one of a parameter: read sets the value, a single digit, and fails for want of a line's end.
for name in net.ipv4.ip_forward net.ipv6.conf.all.forwarding net.ipv4.conf.all.rp_filter \
    net.ipv4.conf.default.rp_filter \
    net.bridge.bridge-nf-call-iptables net.bridge.bridge-nf-call-ip6tables \
    net.netfilter.nf_conntrack_tcp_loose net.netfilter.nf_conntrack_checksum; do
    IFS=.
    set -- $name
    IFS=/
    file=/proc/sys/$*
    unset IFS
    if [ -r "$file" ]; then
        value=
        read -r value < "$file" || :
        [ -z "$value" ] || printf '%s=%s\n' "$name" "$value"
    fi
done
for file in /proc/sys/net/ipv4/conf/*/route_localnet; do
    name=${file%/*}
    if [ -r "$file" ]; then
        value=
        read -r value < "$file" || :
        [ -z "$value" ] || printf 'net.ipv4.conf.%s.route_localnet=%s\n' "${name##*/}" "$value"
    fi
done
section end
