package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;

/**
 * Wakes a guest up for the run that takes it over. The process that kept the guest ready is logged in already, and so can do it
 * while the run logs in. The two meet at a Unix socket, in the directory of the guest's keys, which is the user's alone.
 *
 * <p>Of this process the run believes only that it did: with any other answer, or none in time, it wakes the guest up itself.
 */
final class WakeUpService implements AutoCloseable {

    private static final String SOCKET = "wake-up.sock";
    private static final byte PLEASE = '?';
    private static final byte DONE = '.';

    /** How long a run may take from its call to the order, and a guest to wake up, before nobody waits for them any more. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Runnable wakeUp;
    private final Path socket;
    private final Optional<ServerSocketChannel> server;
    private final Thread thread;

    private WakeUpService(Path keys, Runnable wakeUp) {
        this.wakeUp = wakeUp;
        this.socket = keys.resolve(SOCKET);
        this.server = listeningAt(socket);
        this.thread = new Thread(() -> server.ifPresent(this::serve), "wake-up");
        thread.setDaemon(true);
    }

    /**
     * Begins to listen. Where there can be no such socket, as when its path is too long for one, runs do without.
     *
     * @param keys the directory of the guest's keys
     * @param wakeUp wakes it up; called at most once, in a thread of its own
     */
    static WakeUpService listen(Path keys, Runnable wakeUp) {
        WakeUpService service = new WakeUpService(keys, wakeUp);
        service.thread.start();
        return service;
    }

    private static Optional<ServerSocketChannel> listeningAt(Path socket) {
        try {
            Files.deleteIfExists(socket); // of a process that was killed
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                return Optional.of(channel.bind(UnixDomainSocketAddress.of(socket)));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            debug("no socket at " + socket, e);
            return Optional.empty();
        }
    }

    private void serve(ServerSocketChannel listening) {
        try (listening) {
            while (!served(listening)) {
                // that was a run that did not get the guest
            }
        } catch (IOException | HarnessException e) { // closed, or what the run will find out for itself
            debug("not waking up for " + socket, e);
        }
    }

    private boolean served(ServerSocketChannel listening) throws IOException {
        try (SocketChannel caller = listening.accept()) {
            if (!says(PLEASE, caller)) {
                return false;
            }
            wakeUp.run();
            caller.write(word(DONE));
            return true;
        }
    }

    /** Stops listening. A run that has called already gets its answer first. */
    @Override
    public void close() {
        try {
            if (server.isPresent()) {
                server.get().close();
                Files.deleteIfExists(socket);
            }
            thread.join(PATIENCE.toMillis());
        } catch (IOException e) {
            debug("closing " + socket, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private static ByteBuffer word(byte word) {
        return ByteBuffer.wrap(new byte[] {word});
    }

    private static boolean says(byte word, SocketChannel other) throws IOException {
        ByteBuffer said = ByteBuffer.allocate(1);
        return other.read(said) == 1 && said.get(0) == word;
    }

    private static void debug(String what, Exception e) {
        System.getLogger(WakeUpService.class.getName()).log(System.Logger.Level.DEBUG, what, e);
    }

    /** A run's call, begun before it claims the guest: from then on the other process waits for its order. */
    static final class Call implements AutoCloseable {

        private final Optional<SocketChannel> channel;

        private Call(Optional<SocketChannel> channel) {
            this.channel = channel;
        }

        /**
         * Calls the process that keeps a guest ready, if there is one.
         *
         * @param keys the directory of the guest's keys
         */
        static Call to(Path keys) {
            Path socket = keys.resolve(SOCKET);
            if (Files.notExists(socket)) {
                return new Call(Optional.empty());
            }
            try {
                return new Call(Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(socket))));
            } catch (IOException e) {
                debug("nobody at " + socket, e);
                return new Call(Optional.empty());
            }
        }

        /** Has the guest woken up, which runs again. Returns whether it was. */
        boolean wakesUp() {
            return channel.filter(Call::wakesUp).isPresent();
        }

        private static boolean wakesUp(SocketChannel other) {
            try (Selector selector = Selector.open()) {
                other.write(word(PLEASE));
                other.configureBlocking(false);
                other.register(selector, SelectionKey.OP_READ);
                return selector.select(PATIENCE.toMillis()) > 0 && says(DONE, other);
            } catch (IOException e) {
                debug("no answer", e);
                return false;
            }
        }

        @Override
        public void close() {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException e) {
                debug("closing a call", e);
            }
        }
    }
}
