package me.wingu.boma.harness.cli.bench;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.Shell;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.HostFiles;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.HostStateCollector;
import me.wingu.boma.harness.state.Subject;

/** Checks with this harness's own assertions: the state of what is asked for in one execution, the files in another. */
final class OurChecks implements Checker {

    private static final Map<Check.Kind, Subject<?>> SUBJECTS = new EnumMap<>(Map.of(
            Check.Kind.PACKAGE, Subject.PACKAGES,
            Check.Kind.RUNNING, Subject.UNITS,
            Check.Kind.ENABLED, Subject.UNITS,
            Check.Kind.USER, Subject.ACCOUNTS,
            Check.Kind.GROUP, Subject.ACCOUNTS,
            Check.Kind.SYSCTL, Subject.SYSCTLS,
            Check.Kind.PORT, Subject.SOCKETS,
            Check.Kind.MOUNT, Subject.MOUNTS));

    private final Shell shell;
    private final Duration deadline;

    OurChecks(Shell shell, Duration deadline) {
        this.shell = shell;
        this.deadline = deadline;
    }

    @Override
    public String name() {
        return "boma";
    }

    @Override
    public Duration time(List<Check> checks) {
        long began = System.nanoTime();
        Set<Subject<?>> subjects = checks.stream()
                .flatMap(check -> Stream.ofNullable(SUBJECTS.get(check.kind())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        HostState state = new HostStateCollector(shell, deadline).collect("bench", subjects);
        Map<String, FileState> files = files(checks);
        checks.forEach(check -> check(state, files, check));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Map<String, FileState> files(List<Check> checks) {
        String[] paths = checks.stream()
                .filter(check -> check.kind() == Check.Kind.FILE)
                .map(Check::name)
                .toArray(String[]::new);
        return new HostFiles(shell, deadline).look("bench", paths).stream()
                .collect(Collectors.toMap(FileState::path, file -> file));
    }

    private static void check(HostState state, Map<String, FileState> files, Check check) {
        switch (check.kind()) {
            case PACKAGE -> assertThat(state.packages()).areInstalled(check.name());
            case FILE -> assertThat(files.get(check.name())).hasMode(check.expected());
            case RUNNING -> assertThat(state.units()).named(check.name()).isActive();
            case ENABLED -> assertThat(state.units()).named(check.name()).isEnabled();
            case USER -> assertThat(state.accounts()).user(check.name()).hasUid(Long.parseLong(check.expected()));
            case GROUP -> assertThat(state.accounts()).group(check.name()).hasGid(Long.parseLong(check.expected()));
            case SYSCTL -> assertThat(state.sysctls()).has(check.name(), check.expected());
            case PORT -> assertThat(state.sockets()).listensOn(tcp(Integer.parseInt(check.name())));
            case MOUNT -> assertThat(state.mounts()).at(check.name()).exists();
        }
    }
}
