package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Another host, on 127.0.0.2, that nobody may come near: it counts who does. */
final class Canary implements AutoCloseable {

    static final String ADDRESS = "127.0.0.2";

    private final ServerSocket server;
    private final AtomicInteger visits = new AtomicInteger();

    private Canary(ServerSocket server) {
        this.server = server;
    }

    static Canary start() throws IOException {
        Canary canary = new Canary(new ServerSocket(0, 50, InetAddress.getByName(ADDRESS)));
        Thread thread = new Thread(canary::count, "canary");
        thread.setDaemon(true);
        thread.start();
        return canary;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns how many connections there were; one of our own comes last, and so all earlier ones are counted. */
    int visits() throws IOException {
        try (Socket own = new Socket(ADDRESS, port())) {
            own.getInputStream().read();
        }
        return visits.get() - 1;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void count() {
        while (!server.isClosed()) {
            try {
                Socket visitor = server.accept();
                visits.incrementAndGet();
                visitor.close();
            } catch (IOException e) {
                return; // closed
            }
        }
    }
}
