# Makes a bootable disk from a root file system, without loop devices and without writing to a real disk.
# Run as root, or as root of a user namespace. Arguments: the root file system's tar, the disk's path (a new file), the
# disk's size in MiB, the UUID of its root file system, a new directory to work in.
#
#   sector 0      boot.img, in the protective MBR       sector 2048   core.img, in the BIOS boot partition
#   sectors 1-33  GPT                                   sector 4096   ext4, the root file system
set -eu
tar=$1 disk=$2 size_mib=$3 uuid=$4 root=$5

trap 'rm -rf "$root"' EXIT
mkdir "$root"
tar --extract --file="$tar" --directory="$root" --numeric-owner --same-permissions --xattrs --xattrs-include='*'
mkdir -p "$root/dev" # left out of the archive, because an ordinary user cannot create its nodes; the kernel can
: >"$root/etc/machine-id" # empty, not absent: every guest gets an id of its own, without systemd's first-boot presets
rm -f "$root"/etc/ssh/ssh_host_*
touch -r "$root/usr" "$root/etc/.updated" "$root/var/.updated" # nothing is left to do of systemd-update-done(8)

truncate --size="${size_mib}M" "$disk"
PATH=$PATH:/usr/sbin:/sbin
sfdisk --quiet "$disk" <<END
label: gpt
label-id: $uuid
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649
start=4096, size=$(((size_mib - 3) * 2048)), type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709
END
# A new sparse file reads as zeros, so the guest has no inode table to initialize. The features are those that the GRUB
# of every release in question reads, whatever the release of this machine.
mke2fs -q -t ext4 -d "$root" -L root -U "$uuid" -O '^orphan_file,^metadata_csum_seed' \
    -E "offset=2097152,root_owner=0:0,assume_storage_prezeroed=1,hash_seed=$uuid" \
    "$disk" "$(((size_mib - 3) * 1024))k"

at() { # at BYTE: writes standard input into the disk there
    dd of="$disk" bs=1 seek="$1" conv=notrunc status=none
}
grub=$root/boot/grub/i386-pc
# Sector 0: GRUB's code around the partition table. Where core.img lies is a little-endian sector number at 0x5c; 0x66
# holds a jump that only floppy drives need, replaced as grub-install does (grub-core/boot/i386/pc/boot.S, util/setup.c).
head -c 440 "$grub/boot.img" | at 0
printf '\000\010\000\000\000\000\000\000' | at 92
printf '\220\220' | at 102
# Sector 2048: the last 12 bytes of core.img's first sector say where the rest lies: start, length, segment.
dd if="$grub/core.img" of="$disk" bs=512 seek=2048 conv=notrunc status=none
sectors=$((($(stat --format=%s "$grub/core.img") + 511) / 512 - 1))
[ "$sectors" -lt 2047 ] || { echo "core.img does not fit into the BIOS boot partition" >&2; exit 1; }
# shellcheck disable=SC2059 # the octal escapes are the format
printf "\\001\\010\\000\\000\\000\\000\\000\\000\\$(printf %03o $((sectors % 256)))\\$(printf %03o $((sectors / 256)))\\040\\010" |
    at $((2048 * 512 + 500))
