package me.wingu.boma.harness.state;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Every TCP and UDP socket of a host, and the Unix sockets that accept connections.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the TCP and UDP sockets, in the order of {@code ss}
 * @param unix the Unix sockets, in the kernel's order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Sockets(String host, List<Socket> all, List<UnixSocket> unix) {

    /** Copies the lists. */
    public Sockets {
        all = List.copyOf(all);
        unix = List.copyOf(unix);
    }

    /** Returns the sockets that wait for anyone. */
    public Stream<Socket> listening() {
        return all.stream().filter(Socket::isListening);
    }

    /** Returns the sockets that have a peer. */
    public Stream<Socket> connected() {
        return all.stream().filter(socket -> !socket.isListening());
    }

    /** Returns the sockets that wait on this port, whatever their address. */
    public Stream<Socket> listeningOn(Socket.Protocol protocol, int port) {
        return listening()
                .filter(s -> s.protocol() == protocol)
                .filter(s -> s.local().port().isPresent() && s.local().port().getAsInt() == port);
    }
}
