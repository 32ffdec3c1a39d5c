# Gives a complete Debian root file system its boot loader and its package files. A hook of mmdebstrap: $1 is the root
# file system, with apt's lists still in place. Given in the environment: BOMA_ROOT_UUID, BOMA_PACKAGE_FILES.
set -eu
root=$1

# Packages as files, with all that they depend on: material for container root file systems.
if [ -n "$BOMA_PACKAGE_FILES" ]; then
    mkdir -p "$root/var/lib/boma/debs/partial"
    : >"$root/var/lib/boma/none-installed" # an empty status: all that they depend on is fetched
    # The machine's own apt, as mmdebstrap itself uses it.
    # shellcheck disable=SC2086 # a list of package names
    APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get -q -y -o Dir::State::status="$root/var/lib/boma/none-installed" \
        -o Dir::Cache::archives="$root/var/lib/boma/debs" -o APT::Sandbox::User=root \
        --no-install-recommends --download-only install $BOMA_PACKAGE_FILES
    rm -rf "$root/var/lib/boma/none-installed" "$root"/var/lib/boma/lock* "$root/var/lib/boma/debs/partial" \
        "$root/var/lib/boma/debs/lock"
fi

# Proxies are this machine's own affair; a clock that the mirror's dates do not suit is the guest's too.
sed -i '/^Acquire::Check-/!d' "$root/etc/apt/apt.conf.d/99boma"

# GRUB for BIOS, as grub-install would place it; assemble.sh writes boot.img and core.img to their sectors.
mkdir -p "$root/boot/grub/i386-pc" "$root/boot/grub/fonts"
cp "$root"/usr/lib/grub/i386-pc/*.mod "$root"/usr/lib/grub/i386-pc/*.lst "$root"/usr/lib/grub/i386-pc/boot.img \
    "$root/boot/grub/i386-pc/"
chroot "$root" grub-mkimage -O i386-pc -p '(,gpt2)/boot/grub' -o /boot/grub/i386-pc/core.img biosdisk part_gpt ext2
chroot "$root" grub-editenv /boot/grub/grubenv create
kernel=$(find "$root/boot" -name "vmlinuz-*" -printf "%f\n" | sort -V | tail -n 1)
# update-grub cannot probe a disk that does not exist yet; the guest's own first run replaces this file.
cat >"$root/boot/grub/grub.cfg" <<END
serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
set timeout=0
load_env
menuentry 'Debian GNU/Linux' {
    insmod gzio
    search --no-floppy --fs-uuid --set=root $BOMA_ROOT_UUID
    linux /boot/$kernel root=UUID=$BOMA_ROOT_UUID ro console=tty0 console=ttyS0,115200 consoleblank=0
    initrd /boot/initrd.img-${kernel#vmlinuz-}
}
END
