package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import me.wingu.boma.harness.HarnessException;

/**
 * One source address of this machine, by the name of its vantage.
 *
 * @param vantage the vantage's name
 * @param address the address that packets come from
 */
record Source(String vantage, InetAddress address) {

    /** Opens a connection from this address. The exception says what came back instead. */
    Socket connect(InetSocketAddress target, Duration deadline) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(target, Math.toIntExact(deadline.toMillis()));
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Opens a datagram socket that sends from this address. */
    DatagramSocket datagrams() throws IOException {
        return new DatagramSocket(new InetSocketAddress(address, 0));
    }

    /** Returns the failure to tell when this machine does not have the address at all. */
    HarnessException absent(IOException failed) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Probing from " + this + " failed: this machine does not have that address.",
                String.valueOf(failed.getMessage()),
                "bring up the network that carries the vantage addresses",
                failed);
    }

    @Override
    public String toString() {
        return vantage + " (" + Targets.text(address) + ")";
    }
}
