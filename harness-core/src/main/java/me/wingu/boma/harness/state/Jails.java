package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The jails that the fail2ban server guards now, as {@code fail2ban-client status} names them; none when the server does not
 * run.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param names the jails' names, in the server's order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Jails(String host, List<String> names) {

    /** Copies the list. */
    public Jails {
        names = List.copyOf(names);
    }

    static Jails read(String host, Map<String, String> text) {
        return new Jails(host, text.getOrDefault("jails", "")
                .lines()
                .filter(line -> line.contains("Jail list:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }
}
