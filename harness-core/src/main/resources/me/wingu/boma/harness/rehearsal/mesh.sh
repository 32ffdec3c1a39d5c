# Puts a WireGuard peer of $device, with the address $source, into a network namespace of this host, for as long as this
# shell runs. Run as root; what follows may use "ip netns exec boma-mesh".
#
# A WireGuard interface keeps sending from the namespace that it was made in. So the tunnel's packets cross the loopback
# of the host, and what comes out of it arrives through $device, as from any peer of the mesh.
set -eu
umask 077
exec 9>/run/boma-mesh.lock
flock 9 # one peer at a time: two would take the address from each other

host_key=$(wg show "$device" public-key)
host_port=$(wg show "$device" listen-port)
private=$(wg genkey)
peer=$(printf '%s' "$private" | wg pubkey)

mounted=$(grep -c ' /run/netns ' /proc/self/mountinfo || true)

leave() {
    wg set "$device" peer "$peer" remove || true
    ip netns del boma-mesh 2>/dev/null || true
    # The first namespace that gets a name has ip mount this directory.
    [ "$mounted" != 0 ] || umount /run/netns 2>/dev/null || true
}
ip netns del boma-mesh 2>/dev/null || true
trap leave EXIT
trap 'exit 71' HUP INT TERM

ip netns add boma-mesh
ip link add boma-mesh0 type wireguard
ip link set boma-mesh0 netns boma-mesh
printf '%s' "$private" | ip netns exec boma-mesh wg set boma-mesh0 private-key /dev/stdin \
    peer "$host_key" endpoint "127.0.0.1:$host_port" allowed-ips 0.0.0.0/0
ip -n boma-mesh addr add "$source/32" dev boma-mesh0
ip -n boma-mesh link set lo up
ip -n boma-mesh link set boma-mesh0 up
ip -n boma-mesh route add default dev boma-mesh0
wg set "$device" peer "$peer" allowed-ips "$source/32"
