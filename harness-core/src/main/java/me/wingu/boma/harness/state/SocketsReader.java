package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code ss -H -n -a -p -e -O -t -u}, and the Unix sockets that the script adds. */
final class SocketsReader {

    private static final Pattern PROCESS = Pattern.compile("\\(\"((?:[^\"]|\"(?!,pid=))*)\",pid=(\\d+),fd=\\d+\\)");
    private static final Pattern CGROUP = Pattern.compile(" cgroup:(\\S+)");

    private SocketsReader() {}

    static Sockets read(String host, Map<String, String> text) {
        List<Socket> sockets = new ArrayList<>();
        List<UnixSocket> unix = new ArrayList<>();
        for (String line : text.getOrDefault("sockets", "").split("\n", -1)) {
            if (line.startsWith("unix ")) {
                String[] field = line.split(" ", 4);
                unix.add(new UnixSocket(field[3]));
            } else if (line.startsWith("tcp ") || line.startsWith("udp ")) {
                sockets.add(socket(line));
            } else if (!line.isBlank()) {
                throw new SectionReader.Unreadable("a line of ss", line);
            }
        }
        return new Sockets(host, sockets, unix);
    }

    private static Socket socket(String line) {
        String[] field = line.split("\\s+", 7);
        if (field.length < 6) {
            throw new SectionReader.Unreadable("six columns of ss", line);
        }
        String rest = field.length > 6 ? " " + field[6] + " " : " ";
        List<SocketProcess> processes = PROCESS.matcher(rest)
                .results()
                .map(m -> new SocketProcess(m.group(1), Integer.parseInt(m.group(2))))
                .distinct()
                .toList();
        // ss shows a dual-stack "::" as "*"; v6only settles what "::" itself means.
        return new Socket(
                field[0].equals("tcp") ? Socket.Protocol.TCP : Socket.Protocol.UDP,
                field[1],
                endpoint(field[4]),
                endpoint(field[5]),
                rest.contains(" v6only:1 "),
                processes,
                unit(rest));
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new SectionReader.Unreadable("address:port", text);
        }
        String address = text.substring(0, colon).replace("[", "").replace("]", "");
        String port = text.substring(colon + 1);
        int percent = address.indexOf('%');
        Optional<String> device = percent < 0 ? Optional.empty() : Optional.of(address.substring(percent + 1));
        String bare = percent < 0 ? address : address.substring(0, percent);
        return new Endpoint(
                bare.equals("*") ? "::" : bare,
                device,
                port.equals("*") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
    }

    /** The innermost unit of a control group: {@code /system.slice/ssh.service} is {@code ssh.service}. */
    private static Optional<String> unit(String rest) {
        Matcher cgroup = CGROUP.matcher(rest);
        if (!cgroup.find()) {
            return Optional.empty();
        }
        String[] parts = cgroup.group(1).split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            if (parts[i].endsWith(".service") || parts[i].endsWith(".scope") || parts[i].endsWith(".socket")) {
                return Optional.of(parts[i]);
            }
        }
        return Optional.empty();
    }
}
