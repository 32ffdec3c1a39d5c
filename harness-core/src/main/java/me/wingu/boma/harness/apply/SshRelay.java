package me.wingu.boma.harness.apply;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.wingu.boma.harness.guest.SshEndpoint;

/**
 * A socket in the file system behind which is one machine's sshd, and nothing else.
 *
 * <p>It is the only way out for a playbook that runs without a network: see {@link Confinement}.
 */
final class SshRelay implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Path socket;
    private final InetSocketAddress machine;
    private final ServerSocketChannel server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    private SshRelay(Path socket, InetSocketAddress machine, ServerSocketChannel server) {
        this.socket = socket;
        this.machine = machine;
        this.server = server;
    }

    static SshRelay open(Path socket, SshEndpoint target) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            InetSocketAddress machine = new InetSocketAddress(target.address(), target.port());
            SshRelay relay = new SshRelay(socket, machine, server);
            relay.start("accept", relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + socket, e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() {
        quietlyClose(server);
        open.forEach(SshRelay::quietlyClose);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                open.add(client);
                start("connect", () -> connect(client));
            } catch (IOException e) {
                return; // closed: the run is over
            }
        }
    }

    /** A machine that does not answer shows as a closed connection, which Ansible reports as unreachable. */
    private void connect(SocketChannel client) {
        try {
            SocketChannel guest = SocketChannel.open(machine);
            open.add(guest);
            start("to-guest", () -> pump(client, guest));
            pump(guest, client);
        } catch (IOException e) {
            quietlyClose(client);
        }
    }

    private void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                drain(buffer.flip(), to);
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            quietlyClose(from);
            quietlyClose(to);
        }
    }

    private static void drain(ByteBuffer buffer, ByteChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private void start(String work, Runnable task) {
        Thread thread = new Thread(task, "ssh-relay-" + machine.getPort() + "-" + work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietlyClose(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing waits for what this channel still had to say.
        }
    }
}
