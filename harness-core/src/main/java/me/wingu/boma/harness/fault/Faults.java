package me.wingu.boma.harness.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.hypervisor.GuestFilter;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.waiting.Waiting;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Plants faults in a running guest: {@code vm.faults().noEgress()}. Each is a step in the timeline of the run, when it is
 * planted and when it is taken back.
 *
 * <p>A fault ends with {@link Fault#close()}; one that a test leaves open ends with the test, however that went, and one
 * that was planted before all tests ends with the class. Faults may overlap, and end in any order.
 *
 * <p>A fault of the surroundings is made outside the guest, where the guest cannot mend it, and lasts over reboots of every
 * kind: {@link #noEgress}, {@link #noNames}, {@link #unreachable}, {@link #linkDown}, {@link #slow}. The others are made
 * inside; each says what a reboot does to it.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Faults {

    private static final Duration SCRIPT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final FaultTarget target;
    private final Wall wall;
    private final List<Fault> planted = new ArrayList<>();

    /**
     * Creates the faults of one guest; none is planted yet.
     *
     * @param target the guest
     */
    public Faults(FaultTarget target) {
        this.target = target;
        this.wall = new Wall(target);
    }

    /** Cuts the guest off from the world, name servers included. Whoever is on the guest's own network still reaches it. */
    public Fault noEgress() {
        return outside("no egress", filter -> filter.withEgress(false).withNames(false));
    }

    /** Takes every name server away: questions to port 53 stay without an answer, whomever they are put to. */
    public Fault noNames() {
        return outside("no names", filter -> filter.withNames(false));
    }

    /**
     * Takes other hosts away: what the guest sends there is lost without a word.
     *
     * @param destinations addresses or networks in CIDR notation, IPv4 or IPv6; no names
     */
    public Fault unreachable(String... destinations) {
        List<String> ranges = Destinations.check(destinations);
        return outside("unreachable: " + String.join(", ", ranges), filter -> filter.withoutReachOf(ranges));
    }

    /** Pulls the network cable. Nobody reaches the guest until it is back, the harness included. */
    public Fault linkDown() {
        return plant(
                "link down",
                () -> {
                    target.shell().disconnect();
                    target.domain().link(false);
                },
                () -> {
                    target.domain().link(true);
                    awaitAnswer("link down");
                });
    }

    /**
     * Makes the guest slow, its boot above all: each of its processors gets no more than a share of a real one. Deadlines
     * stay what they are.
     *
     * @param percent the share, 5 to 99
     * @throws HarnessException of kind {@code USAGE} when it is another
     */
    public Fault slow(int percent) {
        if (percent < 5 || percent > 99) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "A guest cannot be slowed down to " + percent + " % of a processor.",
                    "",
                    "give 5 to 99");
        }
        return plant(
                "slow: " + percent + " % of a processor",
                () -> target.domain().processorShare(percent),
                () -> target.domain().processorShare(100));
    }

    /**
     * Flushes the whole ruleset, Docker's rules too, as a careless {@code nft -f} does. Taken back by loading what was there;
     * a reboot takes it back, too, as far as the host does that by itself.
     */
    public Fault flushedRuleset() {
        return inside("flushed ruleset", GuestScripts.flushedRuleset());
    }

    /**
     * Kills a container's first process, as a crash does. Whether it comes back is the restart policy's business; taking the
     * fault back starts it when it has not.
     *
     * @param name the container's name
     */
    public Fault killedContainer(String name) {
        return inside("killed container: " + name, GuestScripts.killedContainer(name));
    }

    /**
     * Fills a file system to the last block, root's reserve included, by a file that takes no space outside the guest. Lasts
     * over reboots.
     *
     * @param directory a directory on that file system, such as {@code /var}
     */
    public Fault fullDisk(String directory) {
        return inside("full disk: " + directory, GuestScripts.fullDisk(directory));
    }

    /**
     * Sets the guest's clock wrong, its hardware clock too, and lets nobody correct it. Lasts over a clean reboot; a power
     * loss gives the hardware clock the right time again.
     *
     * @param error how far it goes wrong, to the second: forwards, or backwards when negative
     */
    public Fault wrongClock(Duration error) {
        String name = "wrong clock: " + (error.isNegative() ? "" : "+") + error.toSeconds() + " s";
        return plant(
                name,
                () -> run(name, GuestScripts.clockOffBy(error)),
                () -> run(name, GuestScripts.clockAt(Instant.now())));
    }

    /**
     * Cuts the power and gives it back. The reboot is proved and recorded like every other; the fault is over when this
     * returns.
     */
    public Fault powerLoss() {
        Fault over = new Fault("power loss", false, () -> {});
        target.record("fault", over.name(), target::losePower);
        return over;
    }

    /** Returns the faults that are in force, oldest first. */
    public synchronized List<Fault> inForce() {
        return planted.stream().filter(Fault::isInForce).toList();
    }

    /** Takes every fault back, the youngest first; tries them all, and tells the first failure. */
    public void undoAll() {
        undoAllBut(List.of());
    }

    /**
     * Takes faults back, the youngest first; tries them all, and tells the first failure.
     *
     * @param lasting the faults that stay
     */
    public void undoAllBut(Collection<Fault> lasting) {
        List<Fault> open = new ArrayList<>(inForce());
        open.removeAll(lasting);
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            failures.subList(1, failures.size()).forEach(failures.get(0)::addSuppressed);
            throw failures.get(0);
        }
    }

    /** Forgets every fault: the guest is gone, and the wall around it is another's. */
    public void lapse() {
        inForce().forEach(Fault::lapse);
        wall.forget();
    }

    private Fault outside(String name, UnaryOperator<GuestFilter> change) {
        return plant(name, () -> wall.raise(change), () -> wall.lower(change));
    }

    private Fault inside(String name, GuestScripts scripts) {
        return plant(name, () -> run(name, scripts.plant()), () -> run(name, scripts.undo()));
    }

    private synchronized Fault plant(String name, Runnable planting, Runnable undoing) {
        try {
            target.record("fault", name, planting);
        } catch (RuntimeException e) {
            takeBackHalfOf(undoing, e);
            throw e;
        }
        Fault fault = new Fault(name, true, () -> target.record("undo", name, undoing));
        planted.add(fault);
        return fault;
    }

    /** What could not be planted whole may be there in part. */
    private static void takeBackHalfOf(Runnable undoing, RuntimeException failure) {
        try {
            undoing.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void run(String fault, String script) {
        CommandResult result = target.shell().run(script, target.patience(SCRIPT));
        if (!result.succeeded()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "The fault \"" + fault + "\" could not be planted or taken back in " + target.domain().name() + ".",
                    "exit status " + result.exitStatus() + "\n" + result.stdout() + result.stderr(),
                    "look at the guest: ./boma-it ssh " + host());
        }
    }

    private String host() {
        return target.domain().name().replaceFirst("^" + Hypervisor.PREFIX + "-", "");
    }

    private void awaitAnswer(String fault) {
        try {
            Waiting.upTo("the guest's SSH", target.patience(ANSWER)).until(() -> {
                target.shell().disconnect();
                return target.shell().tryConnect().isEmpty() ? Optional.of(true) : Optional.empty();
            });
        } catch (Waiting.InVain e) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "The fault \"" + fault + "\" was taken back, but " + target.domain().name() + " does not answer.",
                    e.reason(),
                    "look at the guest's console: ./boma-it console " + host(),
                    e);
        }
    }
}
