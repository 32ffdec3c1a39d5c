package me.wingu.boma.harness.hypervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;
import org.libvirt.Connect;

/** Tells how much memory a new guest could take. */
@FunctionalInterface
interface MemoryGauge {

    /** Returns the bytes that a new guest could take. */
    long availableBytes();

    /**
     * Chooses the gauge for a connection. On this machine the kernel's MemAvailable counts what caches would give
     * back; of another machine libvirt tells only what is wholly free.
     */
    static MemoryGauge of(String uri, Connect connection) {
        boolean local = uri.matches("[a-z+]+:///.*");
        return local
                ? () -> parse(Path.of("/proc/meminfo"))
                : () -> LibvirtCalls.ask("Asking for the free memory", connection::getFreeMemory);
    }

    private static long parse(Path meminfo) {
        try {
            return Files.readAllLines(meminfo).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no line MemAvailable"));
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Measuring the free memory in " + meminfo + " failed.",
                    e.toString(),
                    "run on Linux with /proc mounted",
                    e);
        }
    }
}
