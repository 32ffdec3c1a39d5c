package me.wingu.boma.harness.hypervisor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How a guest's processor is provided, and what that means for the time that a guest takes. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Accelerator {
    /** Hardware virtualization. */
    KVM("kvm", 1),
    /** Emulation by QEMU's Tiny Code Generator. */
    TCG("qemu", 4);

    private static final Pattern VIRTUALIZATION = Pattern.compile("^flags\\s*:.*\\b(vmx|svm)\\b", Pattern.MULTILINE);

    private final String domainType;
    private final int slowdown;

    Accelerator(String domainType, int slowdown) {
        this.domainType = domainType;
        this.slowdown = slowdown;
    }

    /**
     * Chooses the accelerator of a machine.
     *
     * <p>The processor's own flags decide. {@code /dev/kvm} is no evidence: a para-virtual nested KVM offers the device
     * and still runs no ordinary kernel.
     *
     * @param choice {@code auto}, {@code kvm} or {@code tcg}, in any case
     * @param cpuInfo the text of {@code /proc/cpuinfo}
     * @return the accelerator to use
     * @throws HarnessException when the choice is none of the three words
     */
    public static Accelerator choose(String choice, String cpuInfo) {
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "auto" -> VIRTUALIZATION.matcher(cpuInfo).find() ? KVM : TCG;
            case "kvm" -> KVM;
            case "tcg" -> TCG;
            default -> throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Choosing the accelerator failed: \"" + choice + "\" is unknown.",
                    "",
                    "set boma.accelerator (or BOMA_ACCELERATOR) to auto, kvm or tcg");
        };
    }

    /** Returns the value of libvirt's {@code <domain type='…'>}. */
    String domainType() {
        return domainType;
    }

    /**
     * Returns the features of a processor that guests shall not be offered, as libvirt and QEMU name them. No program needs
     * them to run: they are hints at what is fast in a real processor. By {@code erms} and {@code fsrm}, kernel and C library
     * copy with {@code rep movsb}, which is emulated byte by byte; {@code la57} is one more table to walk at each miss.
     */
    List<String> unwantedFeatures() {
        return this == TCG ? List.of("erms", "fsrm", "la57") : List.of();
    }

    /** Returns the value of QEMU's {@code -cpu} for a guest without libvirt that gets the processor ours get. */
    public String processorOption() {
        return "max" + unwantedFeatures().stream().map(feature -> "," + feature + "=off").collect(Collectors.joining());
    }

    /**
     * Scales a deadline that was chosen for hardware virtualization.
     *
     * @param withKvm the deadline under KVM
     * @return the deadline under this accelerator
     */
    public Duration scale(Duration withKvm) {
        return withKvm.multipliedBy(slowdown);
    }

    /** Returns the name as run.json has it: {@code kvm} or {@code tcg}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
