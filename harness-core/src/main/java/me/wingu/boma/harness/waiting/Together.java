package me.wingu.boma.harness.waiting;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Does things at the same time that do not depend on each other. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Together {

    private Together() {}

    /**
     * Does all of it, the first in this thread and each other in one of its own, and returns when the last has ended.
     *
     * @param first what this thread does
     * @param others what is done beside it
     * @throws RuntimeException what the first of them in this order threw that failed; what others threw is suppressed in it
     */
    public static void run(Runnable first, Runnable... others) {
        List<FutureTask<Void>> tasks = Stream.concat(Stream.of(first), Stream.of(others))
                .map(work -> new FutureTask<Void>(work, null))
                .toList();
        tasks.stream().skip(1).forEach(task -> {
            Thread thread = new Thread(task, "together");
            thread.setDaemon(true);
            thread.start();
        });
        tasks.get(0).run();
        List<Throwable> failures = tasks.stream().flatMap(Together::failure).toList();
        if (!failures.isEmpty()) {
            Throwable told = failures.get(0);
            failures.stream().skip(1).forEach(told::addSuppressed);
            throwAsItIs(told);
        }
    }

    private static Stream<Throwable> failure(FutureTask<Void> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return Stream.empty();
                } catch (InterruptedException e) {
                    interrupted = true; // what was begun is not left behind half done
                } catch (ExecutionException e) {
                    return Stream.of(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void throwAsItIs(Throwable failure) {
        if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure; // a Runnable throws nothing else
    }
}
