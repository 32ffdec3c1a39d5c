package me.wingu.boma.harness.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code bench loop} measured, and what that comes to; times in milliseconds. */
final class LoopFigures {

    /** What is measured. */
    enum Figure {
        FIRST_TEST("firstTestMs", "class start to first test method"),
        VERDICT("verdictMs", "edited assertion to verdict, with the JVM's start"),
        PROCESS("processMs", "  to the end of the process"),
        READY_TEST("standbyFirstTestMs", "  class start to first test method, while a guest stands by"),
        READY_VERDICT("standbyVerdictMs", "  edited assertion to verdict, while a guest stands by"),
        SAVE("saveMs", "saving a checkpoint"),
        SAVED_MEMORY("memoryMiB", "  its memory, MiB"),
        SAVED_DISK("diskMiB", "  its disk, MiB"),
        ROLE_RESTORE("roleRestoreMs", "edited role: restore"),
        ROLE_APPLY("roleApplyMs", "edited role: apply"),
        CYCLE("cycleMs", "cold cycle, whole"),
        CYCLE_TESTS("cycleTestsMs", "  of which not in its steps"),
        BARE("bareSumMs", "bare boots, playbooks and reboots of the same number"),
        BARE_BOOT("bareBootMs", "  one boot"),
        BARE_PLAYBOOK("barePlaybookMs", "  one playbook"),
        BARE_REBOOT("bareRebootMs", "  one reboot"),
        VAGRANT_RESTORE("vagrantRestoreMs", "vagrant snapshot restore, until SSH answers"),
        VAGRANT_SAVE("vagrantSaveMs", "vagrant snapshot save"),
        VAGRANT("vagrantSumMs", "vagrant: the same work"),
        VAGRANT_UP("vagrantUpMs", "  up --provision"),
        VAGRANT_RELOAD("vagrantReloadMs", "  reload"),
        VAGRANT_CHECKS("testinfraMs", "  testinfra, as many checks as tests");

        private final String key;
        private final String text;

        Figure(String key, String text) {
            this.key = key;
            this.text = text;
        }
    }

    /** One figure by another, and what it should be at most. */
    private enum Ratio {
        FIRST_TEST("firstTestToVagrantRestore", Figure.FIRST_TEST, Figure.VAGRANT_RESTORE),
        READY("standbyFirstTestToVagrantRestore", Figure.READY_TEST, Figure.VAGRANT_RESTORE),
        COLD("cycleToBare", Figure.CYCLE, Figure.BARE),
        VAGRANT("cycleToVagrant", Figure.CYCLE, Figure.VAGRANT);

        private final String key;
        private final Figure ours;
        private final Figure theirs;

        Ratio(String key, Figure ours, Figure theirs) {
            this.key = key;
            this.ours = ours;
            this.theirs = theirs;
        }
    }

    private final Map<Figure, Sample> samples = new TreeMap<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();

    void add(Figure figure, long value) {
        samples.computeIfAbsent(figure, f -> new Sample()).add(value);
    }

    /** Notes what is no measurement: a number of tests, why something is missing. */
    void fact(String name, Object value) {
        facts.put(name, value);
    }

    /** Returns the figures for machines: {@code null} for what was not measured. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>(facts);
        for (Figure figure : Figure.values()) {
            map.put(figure.key, Optional.ofNullable(samples.get(figure)).flatMap(Sample::spread));
        }
        for (Ratio ratio : Ratio.values()) {
            map.put(ratio.key, value(ratio));
        }
        return map;
    }

    private Optional<Double> value(Ratio ratio) {
        Sample ours = samples.get(ratio.ours);
        Sample theirs = samples.get(ratio.theirs);
        return ours == null || theirs == null
                ? Optional.empty()
                : Optional.of(Math.round(1000 * ours.median() / theirs.median()) / 1000.0);
    }

    /** Returns the figures for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, fact) -> lines.add(name + ": " + fact));
        samples.forEach((figure, sample) -> lines.add(String.format(Locale.ROOT, "%-62s %s", figure.text, sample)));
        for (Ratio ratio : Ratio.values()) {
            value(ratio).ifPresent(v -> lines.add(String.format(Locale.ROOT, "%-62s %.3f", ratio.key, v)));
        }
        return lines;
    }
}
