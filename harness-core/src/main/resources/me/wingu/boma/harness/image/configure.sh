# Configures a Debian root file system for its life as a guest. A hook of mmdebstrap: $1 is the root file system, with
# the essential packages only. Before the kernel's, because its initramfs reads /etc/fstab to know what to check.
# Given in the environment: BOMA_HOSTNAME, BOMA_ROOT_UUID.
set -eu
root=$1

write() { # write PATH, the text on standard input
    mkdir -p "$(dirname "$root$1")"
    cat >"$root$1"
}

echo "$BOMA_HOSTNAME" >"$root/etc/hostname"
write /etc/hosts <<END
127.0.0.1 localhost
127.0.1.1 $BOMA_HOSTNAME
::1 localhost ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
END
write /etc/fstab <<END
UUID=$BOMA_ROOT_UUID / ext4 rw,discard,errors=remount-ro,x-systemd.growfs 0 1
END

# One datasource to look for, and the package sources stay those that the image was built from.
write /etc/cloud/cloud.cfg.d/90_boma.cfg <<END
datasource_list: [ NoCloud, None ]
apt: { preserve_sources_list: true }
END

# The boot loader and the kernel speak on the serial console, and nobody waits at the menu.
write /etc/default/grub.d/90_boma.cfg <<END
GRUB_TIMEOUT=0
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200 consoleblank=0"
GRUB_TERMINAL="console serial"
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
GRUB_DISABLE_OS_PROBER=true
END
