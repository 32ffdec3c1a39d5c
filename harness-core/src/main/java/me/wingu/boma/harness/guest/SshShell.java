package me.wingu.boma.harness.guest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A guest's shell over SSH. The connection is made on the first use and kept; after a reboot it must be
 * {@linkplain #disconnect() dropped}. For use by one thread at a time.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SshShell implements GuestConnection {

    private static final int CONNECT_TIMEOUT_MS = 10_000;

    /** For each message of a login, its first one included. */
    private static final int LOGIN_TIMEOUT_MS = 30_000;

    private static final int SOCKET_TIMEOUT_MS = 120_000;

    private final SshEndpoint endpoint;
    private final LeanConfig config = new LeanConfig();
    private Optional<SSHClient> client = Optional.empty();

    /**
     * Creates a shell; nothing is connected yet.
     *
     * @param endpoint where the guest is
     */
    public SshShell(SshEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public SshEndpoint endpoint() {
        return endpoint;
    }

    /** Loads the classes and the key: in a young process that takes longer than the login itself. */
    @Override
    public void prepare() {
        try (SSHClient rehearsal = new SSHClient(config)) {
            rehearsal.loadKeys(endpoint.privateKey().toString()).getPrivate();
            config.getKeyExchangeFactories().forEach(Factory.Named::create);
            config.getCipherFactories().forEach(Factory.Named::create);
        } catch (IOException e) {
            // The login meets the same obstacle, and tells it.
            System.getLogger(SshShell.class.getName())
                    .log(System.Logger.Level.DEBUG, "preparing for " + endpoint, e);
        }
    }

    @Override
    public synchronized Optional<String> tryConnect() {
        try {
            connected();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Override
    public CommandResult run(String script, Duration deadline) {
        return runOfTheMoment(() -> script, deadline);
    }

    @Override
    public synchronized CommandResult runOfTheMoment(Supplier<String> script, Duration deadline) {
        long start = System.nanoTime();
        try (Session session = connected().startSession();
                Session.Command command = session.exec("exec sudo -n /bin/sh -s")) {
            Reading out = Reading.of(command.getInputStream());
            Reading err = Reading.of(command.getErrorStream());
            try (OutputStream in = command.getOutputStream()) {
                in.write(script.get().getBytes(StandardCharsets.UTF_8));
            }
            join(command, deadline, out, err);
            Integer status = command.getExitStatus();
            return new CommandResult(
                    status == null ? -1 : status,
                    out.text(deadline),
                    err.text(deadline),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            disconnect();
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Running a script on " + endpoint + " failed: the connection broke.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "look at the guest's console: ./boma-it console HOST",
                    e);
        }
    }

    private void join(Session.Command command, Duration deadline, Reading out, Reading err) throws IOException {
        try {
            command.join(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ConnectionException e) {
            if (e.getCause() instanceof TimeoutException) {
                disconnect();
                throw new HarnessException(
                        HarnessException.Kind.STEP,
                        "Running a script on " + endpoint + " failed: no end within " + deadline.toSeconds() + " s.",
                        "output so far: " + tail(out.soFar()) + "\nerrors so far: " + tail(err.soFar()),
                        "look at the guest: ./boma-it ssh HOST",
                        e);
            }
            throw e;
        }
    }

    private static String tail(String text) {
        return text.length() <= 2000 ? text : "…" + text.substring(text.length() - 2000);
    }

    private SSHClient connected() throws IOException {
        if (client.isPresent() && client.get().isConnected() && client.get().isAuthenticated()) {
            return client.get();
        }
        disconnect();
        SSHClient fresh = new SSHClient(config);
        fresh.setConnectTimeout(CONNECT_TIMEOUT_MS);
        fresh.setTimeout(LOGIN_TIMEOUT_MS);
        fresh.addHostKeyVerifier(new PinnedHostKey(endpoint.hostKey()));
        try {
            fresh.connect(endpoint.address(), endpoint.port());
            fresh.auth(
                    endpoint.user(),
                    new SignedLogin(fresh.loadKeys(endpoint.privateKey().toString())));
            fresh.getSocket().setSoTimeout(SOCKET_TIMEOUT_MS);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        client = Optional.of(fresh);
        return fresh;
    }

    @Override
    public synchronized void disconnect() {
        client.ifPresent(c -> {
            try {
                c.disconnect();
            } catch (IOException e) {
                // The other side is gone already, which is what was wanted.
                System.getLogger(SshShell.class.getName())
                        .log(System.Logger.Level.DEBUG, "disconnecting from " + endpoint, e);
            }
        });
        client = Optional.empty();
    }

    @Override
    public void close() {
        disconnect();
    }

    /** Drains one stream while the command runs, so that a full window never blocks the guest. */
    private static final class Reading {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;

        private Reading(InputStream in) {
            this.thread = new Thread(() -> drain(in), "ssh-output");
        }

        static Reading of(InputStream in) {
            Reading reading = new Reading(in);
            reading.thread.setDaemon(true);
            reading.thread.start();
            return reading;
        }

        private void drain(InputStream in) {
            byte[] chunk = new byte[32 * 1024];
            try {
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    bytes.write(chunk, 0, n);
                }
            } catch (IOException e) {
                // The command's own end reports the broken connection; what was read so far stands.
                System.getLogger(SshShell.class.getName()).log(System.Logger.Level.DEBUG, "output ended", e);
            }
        }

        String text(Duration deadline) throws IOException {
            try {
                thread.join(deadline.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TransportException("interrupted while reading the output", e);
            }
            return soFar();
        }

        String soFar() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
