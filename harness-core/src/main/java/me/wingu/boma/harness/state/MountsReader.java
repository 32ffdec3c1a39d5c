package me.wingu.boma.harness.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code /proc/self/mountinfo}, {@code /proc/swaps}, {@code /etc/fstab}, links to devices, and {@code df}. */
final class MountsReader {

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private MountsReader() {}

    static Mounts read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("mounts", ""));
        List<Mount> mounts = parts.lines("mountinfo").stream().map(MountsReader::mount).toList();
        Map<String, Mounts.Usage> usage = new LinkedHashMap<>();
        for (String line : parts.lines("df")) {
            String[] field = line.strip().split("\\s+", 5);
            if (field.length == 5 && !field[0].startsWith("1B")) {
                usage.put(
                        field[4],
                        new Mounts.Usage(number(field[0]), number(field[1]), number(field[2]), number(field[3])));
            }
        }
        List<Mounts.Swap> swaps = parts.lines("swaps").stream()
                .skip(1)
                .map(MountsReader::swap)
                .toList();
        Map<String, String> uuids = new LinkedHashMap<>();
        for (String line : parts.lines("uuids")) { // of /dev/disk/by-uuid: "<uuid> ../../sda1"
            String[] field = line.split(" ", 2);
            uuids.put(field[field.length - 1].replace("../../", "/dev/"), field[0]);
        }
        Set<String> fstab = parts.lines("fstab").stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+", -1))
                .filter(field -> field.length > 1 && (field.length < 4 || isMountedAtBoot(field[3])))
                .map(field -> unescaped(field[1]).replaceFirst("(?<=.)/+$", ""))
                .collect(Collectors.toSet());
        return new Mounts(host, mounts, usage, swaps, uuids, fstab);
    }

    /** A line of mountinfo: proc_pid_mountinfo(5). */
    private static Mount mount(String line) {
        String[] halves = line.split(" - ", 2);
        String[] left = halves[0].split(" ", -1);
        String[] right = halves.length > 1 ? halves[1].split(" ", -1) : new String[0];
        if (left.length < 6 || right.length < 3) {
            throw new SectionReader.Unreadable("a line of mountinfo", line);
        }
        Set<String> options = new TreeSet<>(List.of(left[5].split(",", -1)));
        Set<String> fsOptions = new TreeSet<>(List.of(right[2].split(",", -1)));
        if (fsOptions.contains("ro")) {
            options.remove("rw");
            options.add("ro");
        }
        return new Mount(unescaped(left[4]), unescaped(right[1]), right[0], unescaped(left[3]), options, fsOptions);
    }

    /** A line of {@code /proc/swaps}: name, type, size and what is used in KiB, priority. */
    private static Mounts.Swap swap(String line) {
        String[] field = line.strip().split("\\s+", -1);
        if (field.length != 5) {
            throw new SectionReader.Unreadable("a line of /proc/swaps", line);
        }
        return new Mounts.Swap(unescaped(field[0]), number(field[2]) * 1024, Integer.parseInt(field[4]));
    }

    /** Options of fstab(5) and of systemd.mount(5). */
    private static boolean isMountedAtBoot(String options) {
        Set<String> each = Set.copyOf(List.of(options.split(",", -1)));
        return !each.contains("noauto") || each.contains("x-systemd.automount");
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static String unescaped(String text) {
        return OCTAL.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }
}
