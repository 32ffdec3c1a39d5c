package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A command that a client of an SSH server sent, run by this machine's shell. The library's own adapter sometimes closes
 * the channel before the client has sent all of a long standard input.
 */
final class ProcessCommand implements Command {

    private final String command;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Process process;

    ProcessCommand(String command) {
        this.command = command;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment env) throws IOException {
        Process started = new ProcessBuilder("/bin/sh", "-c", command).start();
        process = started;
        copy(Objects.requireNonNull(in), started.getOutputStream());
        Thread output = copy(started.getInputStream(), Objects.requireNonNull(out));
        Thread errors = copy(started.getErrorStream(), Objects.requireNonNull(err));
        thread(() -> {
            try {
                output.join();
                errors.join();
                Objects.requireNonNull(exit).onExit(started.waitFor());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private static Thread copy(InputStream from, OutputStream to) {
        return thread(() -> {
            try (from; to) {
                byte[] buffer = new byte[8192];
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            } catch (IOException e) {
                // One end is gone, and with it whoever wanted the rest.
            }
        });
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ssh-command");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
