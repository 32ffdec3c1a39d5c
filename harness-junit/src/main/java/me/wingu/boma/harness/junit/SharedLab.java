package me.wingu.boma.harness.junit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.Sizing;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The lab of a whole run, opened by the first class that needs it and closed after the last; and the memory of what
 * could not be provisioned, so that the same failure does not cost every class its minutes.
 */
final class SharedLab implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(SharedLab.class);

    private final LabProvider provider;
    private final Profiles profiles;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private Optional<Lab> lab = Optional.empty();
    private Optional<Places> places = Optional.empty();

    private SharedLab(LabProvider provider, Profiles profiles) {
        this.provider = provider;
        this.profiles = profiles;
    }

    private record Failure(String testClass, RuntimeException cause) {}

    /** Returns the lab of the run that a context belongs to. */
    @SuppressWarnings("deprecation") // JUnit 6 has a new name for the same; JUnit 5.14 has only this one
    static SharedLab of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedLab.class, c -> new SharedLab(provider(context), Profiles.discover()), SharedLab.class);
    }

    private static LabProvider provider(ExtensionContext context) {
        return context.getConfigurationParameter("boma.lab")
                .<LabProvider>map(name -> {
                    try {
                        return Class.forName(name)
                                .asSubclass(LabProvider.class)
                                .getDeclaredConstructor()
                                .newInstance();
                    } catch (ReflectiveOperationException | ClassCastException e) {
                        throw new HarnessException(
                                HarnessException.Kind.USAGE,
                                "Opening the lab failed: boma.lab names \"" + name + "\".",
                                e.toString(),
                                "name a class with a constructor without parameters that implements LabProvider",
                                e);
                    }
                })
                .orElse(profiles -> {
                    LabSettings settings = LabSettings.ofThisProcess();
                    return Lab.open(settings, profiles, TerminalProgress.orLines(System.out, settings.runs()));
                });
    }

    Profiles profiles() {
        return profiles;
    }

    synchronized Lab lab() {
        if (lab.isEmpty()) {
            lab = Optional.of(provider.open(profiles));
        }
        return lab.get();
    }

    /**
     * Takes a place for the machine of a class; waits as long as classes that run at the same time have all of them.
     *
     * @param size the machine's
     * @return gives the place back
     */
    Runnable takePlace(Sizing size) {
        return places().take(size);
    }

    private synchronized Places places() {
        if (places.isEmpty()) {
            Hypervisor hypervisor = lab().hypervisor();
            LabSettings settings = lab().settings();
            places = Optional.of(new Places(
                    settings.maxVms(),
                    hypervisor.processors(),
                    () -> (hypervisor.availableMemoryBytes() >> 20) - settings.reserveMiB()));
        }
        return places.get();
    }

    /**
     * Provisions something, unless the same was tried before and failed.
     *
     * @param key what tells one provisioning from another
     * @param testClass the class that asks
     */
    <T> T remembering(String key, String testClass, Supplier<T> provisioning) {
        Failure earlier = failures.get(key);
        if (earlier != null) {
            throw new HarnessException(
                    kind(earlier.cause()),
                    "The machine of " + key + " could not be provisioned for " + earlier.testClass()
                            + ", and is not tried again in this run.",
                    String.valueOf(earlier.cause().getMessage()),
                    "mend that first",
                    earlier.cause());
        }
        try {
            return provisioning.get();
        } catch (RuntimeException e) {
            failures.put(key, new Failure(testClass, e));
            throw e;
        }
    }

    private static HarnessException.Kind kind(RuntimeException e) {
        return e instanceof HarnessException h ? h.kind() : HarnessException.Kind.STEP;
    }

    @Override
    public synchronized void close() {
        lab.ifPresent(Lab::close);
        lab = Optional.empty();
    }
}
