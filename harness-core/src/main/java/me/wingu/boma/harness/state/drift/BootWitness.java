package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.Boot;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** Kernel, kernel parameters, host name and time zone. */
final class BootWitness implements Witness<Boot> {

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public Subject<Boot> subject() {
        return Subject.BOOT;
    }

    @Override
    public Stream<Fact> facts(Boot boot, HostState state, HostState other) {
        String name = boot.hostnameFile().filter(boot.hostname()::equals).isPresent()
                ? "/etc/hostname"
                : "/etc/hostname says " + boot.hostnameFile().orElse("nothing")
                        + ": hostnamectl set-hostname writes it";
        return Stream.of(
                Fact.of("kernel", "the boot loader chose it: /etc/default/grub, /boot").with("", boot.kernel()),
                Fact.of("kernel parameters", "GRUB_CMDLINE_LINUX in /etc/default/grub, then update-grub")
                        .with("", boot.commandLine()),
                Fact.of("host name", name).with("", boot.hostname()),
                Fact.of("time zone", "/etc/localtime").with("", boot.timeZone().orElse("none")));
    }
}
