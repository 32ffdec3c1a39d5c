package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The unit files of a host and what they say about starting at boot.
 *
 * <p>{@code systemctl list-unit-files} knows it too, but reads every file for every unit: seconds on an emulated
 * guest, where this takes a tenth of one. The rules are those of systemctl(1), "is-enabled": links in
 * {@code *.wants}, {@code *.requires} and {@code *.upholds} enable, a link to {@code /dev/null} masks, a unit without
 * {@code [Install]} section is static.
 */
final class UnitFiles {

    private final Map<String, String> links;
    private final Map<String, String> file;
    private final Map<String, List<String>> dropIns;
    private final Set<String> enabled;
    private final Set<String> enabledRuntime;
    private final Set<String> withInstance;
    private final Set<String> installable;

    private UnitFiles(
            Map<String, String> links,
            Map<String, String> file,
            Map<String, List<String>> dropIns,
            Set<String> enabled,
            Set<String> enabledRuntime,
            Set<String> withInstance,
            Set<String> installable) {
        this.links = links;
        this.file = file;
        this.dropIns = dropIns;
        this.enabled = enabled;
        this.enabledRuntime = enabledRuntime;
        this.withInstance = withInstance;
        this.installable = installable;
    }

    /**
     * Sorts what {@code find -printf '%y %p %l'} lists, directories in the order of precedence.
     *
     * @param found type, path and target of everything under the unit directories
     * @param install the files that have an {@code [Install]} section
     */
    static UnitFiles of(List<String> found, List<String> install) {
        Map<String, String> links = new LinkedHashMap<>();
        Map<String, String> file = new LinkedHashMap<>();
        Map<String, List<String>> dropIns = new LinkedHashMap<>();
        Set<String> enabled = new HashSet<>();
        Set<String> enabledRuntime = new HashSet<>();
        Set<String> withInstance = new HashSet<>();
        for (String line : found) {
            String[] field = line.split(" ", 3);
            if (field.length < 2 || !field[0].matches("[fl]")) {
                continue;
            }
            String path = field[1];
            String name = base(path);
            String directory = base(path.substring(0, path.lastIndexOf('/')));
            if (directory.matches(".*\\.(wants|requires|upholds)")) {
                if (path.startsWith("/etc/")) {
                    enabled.add(name);
                    template(name).ifPresent(withInstance::add);
                } else if (path.startsWith("/run/")) {
                    enabledRuntime.add(name);
                }
            } else if (directory.endsWith(".d") && name.endsWith(".conf")) {
                dropIns.computeIfAbsent(directory.substring(0, directory.length() - 2), k -> new ArrayList<>())
                        .add(path);
            } else {
                boolean first = file.putIfAbsent(name, path) == null;
                if (first && field[0].equals("l") && field.length > 2) {
                    links.put(name, field[2]);
                }
            }
        }
        Set<String> installable = install.stream().map(UnitFiles::base).collect(Collectors.toSet());
        // Enabling a unit with an Alias= also links the other name; that name's target is what is enabled.
        links.forEach((name, target) -> {
            if (file.getOrDefault(name, "").startsWith("/etc/") && !base(target).equals(name)) {
                enabled.add(base(target));
            }
        });
        return new UnitFiles(links, file, dropIns, enabled, enabledRuntime, withInstance, installable);
    }

    Set<String> names() {
        return file.keySet();
    }

    Optional<String> file(String unit) {
        return Optional.ofNullable(file.get(unit)).or(() -> template(unit).map(file::get));
    }

    /** For {@code foo-bar.service}, those of {@code foo-bar.service.d}, {@code foo-.service.d} and {@code service.d} (systemd.unit(5)). */
    List<String> dropIns(String unit) {
        int dot = unit.lastIndexOf('.');
        Stream<String> prefixes = IntStream.range(0, Math.max(0, dot - 1))
                .filter(at -> unit.charAt(at) == '-')
                .mapToObj(at -> unit.substring(0, at + 1) + unit.substring(dot));
        return Stream.of(Stream.of(unit, unit.substring(dot + 1)), template(unit).stream(), prefixes)
                .flatMap(names -> names)
                .flatMap(name -> dropIns.getOrDefault(name, List.of()).stream())
                .sorted()
                .toList();
    }

    Unit.Enablement enablement(String unit) {
        Optional<String> path = file(unit);
        if (path.isEmpty()) {
            return Unit.Enablement.NONE;
        }
        boolean runtime = path.get().startsWith("/run/");
        String target = links.getOrDefault(unit, "");
        if (target.equals("/dev/null")) {
            return runtime ? Unit.Enablement.MASKED_RUNTIME : Unit.Enablement.MASKED;
        }
        if (!target.isEmpty() && !base(target).equals(unit)) {
            return Unit.Enablement.ALIAS;
        }
        if (path.get().startsWith("/run/systemd/generator.late/") && !enabledRuntime.contains(unit)) {
            return Unit.Enablement.DISABLED; // of a System V script, that no runlevel links to
        }
        if (path.get().startsWith("/run/systemd/generator")) {
            return Unit.Enablement.GENERATED;
        }
        if (path.get().startsWith("/run/systemd/transient")) {
            return Unit.Enablement.TRANSIENT;
        }
        if (enabled.contains(unit)) {
            return Unit.Enablement.ENABLED;
        }
        if (enabledRuntime.contains(unit)) {
            return Unit.Enablement.ENABLED_RUNTIME;
        }
        if (withInstance.contains(unit)) {
            return Unit.Enablement.INDIRECT;
        }
        boolean canBe = installable.contains(unit)
                || template(unit).map(installable::contains).orElse(false);
        return canBe ? Unit.Enablement.DISABLED : Unit.Enablement.STATIC;
    }

    /** The template that an instance is made of: {@code getty@.service} for {@code getty@tty1.service}. */
    private static Optional<String> template(String unit) {
        int at = unit.indexOf('@');
        int dot = unit.lastIndexOf('.');
        return at > 0 && dot > at + 1 ? Optional.of(unit.substring(0, at + 1) + unit.substring(dot)) : Optional.empty();
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
