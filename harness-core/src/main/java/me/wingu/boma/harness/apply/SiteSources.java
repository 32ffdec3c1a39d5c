package me.wingu.boma.harness.apply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import me.wingu.boma.harness.profile.HostProfile;

/**
 * Where everything lies that decides what an application does, as far as that can be known without one: a file that a
 * task reads by an absolute path of its own is not among it.
 */
final class SiteSources {

    /** Where Ansible looks of itself, as far as it lies outside the site and outside Ansible. */
    private static final List<String> USUAL = List.of(".ansible/roles", ".ansible/collections", ".ansible/plugins");

    private SiteSources() {}

    /** Returns the places, by what they are; the site's own is {@code site}. */
    static Map<String, Path> of(HostProfile profile) {
        Map<String, Path> places = new TreeMap<>();
        Path site = profile.site().directory();
        places.put("site", site);
        SiteConfig.read(site).outside().forEach(path -> places.put(path.toString(), path));
        Path home = Path.of(System.getProperty("user.home"));
        Stream.concat(
                        USUAL.stream().map(home::resolve),
                        Stream.of("/etc/ansible/roles", "/usr/share/ansible/roles", "/usr/share/ansible/collections",
                                        "/usr/share/ansible/plugins")
                                .map(Path::of))
                .filter(Files::exists)
                .forEach(path -> places.put(path.toString(), path));
        WaysOut.of(site, profile.site().playbook()).forEach(path -> places.put(path.toString(), path));
        return places;
    }
}
