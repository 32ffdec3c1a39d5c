package me.wingu.boma.harness.junit;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.rehearsal.RebootKind;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The phases that a test class and its nested classes declare, whichever of their tests run this time.
 *
 * @param reboots the kinds of reboot that tests wait for
 * @param pristine the phases with tests that want the machine as it was at their start; empty stands for the ordinary one
 */
record Phases(Set<RebootKind> reboots, Set<Optional<RebootKind>> pristine) {

    static Phases of(Class<?> testClass) {
        Set<RebootKind> reboots = EnumSet.noneOf(RebootKind.class);
        Set<Optional<RebootKind>> pristine = new LinkedHashSet<>();
        methods(testClass).forEach(method -> {
            Optional<RebootKind> kind = AnnotationSupport.findAnnotation(method, AfterReboot.class)
                    .map(AfterReboot::value);
            kind.ifPresent(reboots::add);
            if (AnnotationSupport.isAnnotated(method, Pristine.class)) {
                pristine.add(kind);
            }
        });
        return new Phases(reboots, pristine);
    }

    private static Stream<Method> methods(Class<?> testClass) {
        return Stream.concat(
                ReflectionSupport.findMethods(testClass, method -> true, HierarchyTraversalMode.TOP_DOWN).stream(),
                ReflectionSupport.findNestedClasses(
                                testClass, inner -> AnnotationSupport.isAnnotated(inner, Nested.class))
                        .stream()
                        .flatMap(Phases::methods));
    }

    /**
     * Returns the stages at which a test after a reboot may find the machine, the one of a whole run first: a power loss
     * comes after the clean reboot, if there is one.
     *
     * @param now how far the machine has come; only what follows that is returned
     */
    List<Stage> stages(RebootKind kind, Stage now) {
        Stage alone = Stage.APPLIED.after(kind.label());
        Stage whole = kind == RebootKind.POWER_LOSS && reboots.contains(RebootKind.CLEAN)
                ? Stage.APPLIED.after(RebootKind.CLEAN.label()).after(kind.label())
                : alone;
        return Stream.of(whole, alone)
                .distinct()
                .filter(stage -> stage.reboots().size() > now.reboots().size()
                        && stage.reboots().subList(0, now.reboots().size()).equals(now.reboots()))
                .toList();
    }
}
