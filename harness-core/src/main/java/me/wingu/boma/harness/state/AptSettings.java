package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What APT does by itself: its effective settings below {@code APT::Periodic} and {@code Unattended-Upgrade}, as {@code
 * apt-config} puts all files together. Other settings can hold passwords of proxies, and stay on the host.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the settings in APT's order; the items of a list have its name with {@code ::} at the end
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record AptSettings(String host, List<Setting> all) {

    private static final Pattern LINE = Pattern.compile("(?<name>\\S+) \"(?<value>.*)\";");

    /**
     * One setting.
     *
     * @param name {@code APT::Periodic::Unattended-Upgrade}
     * @param value its value; empty for a name that only others lie below
     */
    public record Setting(String name, String value) {

        @Override
        public String toString() {
            return name + " \"" + value + "\"";
        }
    }

    /** Copies the list. */
    public AptSettings {
        all = List.copyOf(all);
    }

    /** Returns the value of a setting; capital letters do not count in its name, as for APT. */
    public Optional<String> value(String name) {
        return all.stream()
                .filter(setting -> setting.name().equalsIgnoreCase(name))
                .map(Setting::value)
                .findFirst();
    }

    static AptSettings read(String host, Map<String, String> text) {
        List<Setting> all = new ArrayList<>();
        for (String line : text.getOrDefault("aptsettings", "").lines().toList()) {
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                all.add(new Setting(setting.group("name"), setting.group("value")));
            } else if (!line.isBlank()) {
                throw new SectionReader.Unreadable("a setting of APT: NAME \"VALUE\";", line);
            }
        }
        return new AptSettings(host, all);
    }
}
