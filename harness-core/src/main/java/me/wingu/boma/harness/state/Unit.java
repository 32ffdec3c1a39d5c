package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A systemd unit.
 *
 * @param name its name with suffix: {@code ssh.service}
 * @param load whether its file could be loaded: {@code loaded}, {@code not-found}, {@code masked}, {@code error};
 *     {@code unloaded} when only its file exists and nothing refers to it
 * @param active the state in systemd's general words: active, inactive, failed, activating, deactivating
 * @param sub the state in the words of its kind: {@code running}, {@code exited}, {@code waiting}
 * @param description what its author calls it
 * @param enablement whether it starts at boot
 * @param file its unit file; empty when it has none
 * @param dropIns files that change it, of the host and of packages
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Unit(
        String name,
        String load,
        String active,
        String sub,
        String description,
        Enablement enablement,
        Optional<String> file,
        List<String> dropIns) {

    /** Whether a unit starts at boot, in the words of {@code systemctl is-enabled}. */
    public enum Enablement {
        /** A link in {@code /etc} makes something pull it in. */
        ENABLED,
        /** A link in {@code /run} makes something pull it in: gone after a reboot. */
        ENABLED_RUNTIME,
        /** It is a template of which an instance is enabled. */
        INDIRECT,
        /** It could be enabled and is not. */
        DISABLED,
        /** It has no {@code [Install]} section: it runs when something else needs it. */
        STATIC,
        /** It is another name of an enabled unit. */
        ALIAS,
        /** It is linked to {@code /dev/null}: nothing can start it. */
        MASKED,
        /** It is masked by a link in {@code /run}: until the reboot. */
        MASKED_RUNTIME,
        /** A generator writes it at every boot, from {@code /etc/fstab} for example. */
        GENERATED,
        /** A program made it, with {@code systemd-run} for example: gone after a reboot. */
        TRANSIENT,
        /** It has no file. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Copies the list. */
    public Unit {
        dropIns = List.copyOf(dropIns);
    }

    /** Returns whether a unit of this full name is meant, where {@code .service} may be left out, as with {@code systemctl}. */
    static boolean isMeant(String fullName, String name) {
        return fullName.equals(name) || fullName.equals(name + ".service");
    }

    /** Returns whether it is active, running or exited. */
    public boolean isActive() {
        return active.equals("active");
    }

    /** Returns whether it failed. */
    public boolean isFailed() {
        return active.equals("failed");
    }

    /** Returns whether a link in {@code /etc} starts it at boot. */
    public boolean isEnabled() {
        return enablement == Enablement.ENABLED;
    }

    /** Returns whether a boot brings it although no other unit needs it: by a link, as another name, or by a generator. */
    public boolean startsAtBoot() {
        return Set.of(Enablement.ENABLED, Enablement.ALIAS, Enablement.GENERATED).contains(enablement);
    }

    /** Returns the part after the last dot: {@code service}, {@code timer}, … */
    public String kind() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Returns the unit as a failure message shows it: {@code ssh.service active (running), enabled}. */
    @Override
    public String toString() {
        String missing = load.equals("loaded") ? "" : load + ", ";
        return name + " " + missing + active + " (" + sub + "), " + enablement;
    }
}
