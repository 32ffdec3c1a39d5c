package me.wingu.boma.harness.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import me.wingu.boma.harness.profile.Sizing;

/**
 * The places for machines of classes that run at the same time. One machine always has a place; another waits until it
 * is allowed, and until memory and processors suffice beside those that are there.
 */
final class Places {

    /** An emulated guest keeps a thread for each of its processors busy while it boots; beyond this all of them only wait. */
    private static final int VCPUS_PER_PROCESSOR = 2;

    private final int most;
    private final int processors;
    private final LongSupplier freeMiB;
    private final Lock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final List<Sizing> taken = new ArrayList<>();
    private long budgetMiB;

    /**
     * Creates free places.
     *
     * @param most how many machines may be there at once, at least 1
     * @param processors how many processors run them
     * @param freeMiB tells how much memory machines could take together, in MiB, while there are none
     */
    Places(int most, int processors, LongSupplier freeMiB) {
        this.most = most;
        this.processors = processors;
        this.freeMiB = freeMiB;
    }

    /**
     * Takes a place for a machine; waits as long as there is none.
     *
     * @param size the machine's
     * @return gives the place back
     */
    Runnable take(Sizing size) {
        lock.lock();
        try {
            while (!fits(size)) {
                freed.awaitUninterruptibly();
            }
            if (taken.isEmpty()) {
                budgetMiB = freeMiB.getAsLong();
            }
            taken.add(size);
            return () -> giveBack(size);
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Sizing size) {
        if (taken.isEmpty()) {
            return true; // whether it can be started at all is for the lab to say
        }
        int vcpus = taken.stream().mapToInt(Sizing::vcpus).sum() + size.vcpus();
        long memory = taken.stream().mapToLong(Sizing::memoryMiB).sum() + size.memoryMiB();
        return taken.size() < most && vcpus <= processors * VCPUS_PER_PROCESSOR && memory <= budgetMiB;
    }

    private void giveBack(Sizing size) {
        lock.lock();
        try {
            taken.remove(size);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
