package me.wingu.boma.harness;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows that docs/architecture.md draws, and the rules of the house that a compiler does not know. */
class ArchitectureTest {

    private static final String ROOT = HarnessException.class.getPackageName();

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** A package and those that it may know besides the JDK, the libraries and, mostly, the root package. */
    record Arrow(String from, Set<String> to, boolean mayKnowRoot) {

        static Arrow of(String from, String... to) {
            return new Arrow(from, Set.of(to), true);
        }

        @Override
        public String toString() {
            return from + " → " + new TreeSet<>(to);
        }
    }

    static List<Arrow> arrows() {
        return List.of(
                new Arrow("nftables", Set.of(), false),
                Arrow.of("waiting"),
                Arrow.of("probe"),
                Arrow.of("profile"),
                Arrow.of("guest", "waiting"),
                Arrow.of("state", "guest", "nftables"),
                Arrow.of("hypervisor", "waiting"),
                Arrow.of("image", "hypervisor", "profile", "waiting"),
                Arrow.of("apply", "guest", "profile"),
                Arrow.of("diagnostics", "guest", "hypervisor", "state"),
                Arrow.of("checkpoint", "diagnostics", "hypervisor", "waiting"),
                Arrow.of("fault", "guest", "hypervisor", "waiting"),
                Arrow.of(
                        "rehearsal",
                        "apply", "checkpoint", "diagnostics", "fault", "guest", "hypervisor", "image", "nftables", "probe",
                        "profile", "state", "waiting"));
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void should_know_no_package_but_those_drawn(Arrow arrow) {
        Set<String> forbidden = new HashSet<>();
        for (Arrow other : arrows()) {
            forbidden.add(other.from());
        }
        forbidden.removeAll(arrow.to());
        forbidden.remove(arrow.from());
        String[] patterns = Stream.concat(
                        forbidden.stream().map(name -> ROOT + "." + name + ".."),
                        arrow.mayKnowRoot() ? Stream.empty() : Stream.of(ROOT))
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(ROOT + "." + arrow.from() + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(patterns))
                .check(CORE);
    }

    @Test
    void should_draw_every_package() {
        Set<String> drawn = new TreeSet<>();
        for (Arrow arrow : arrows()) {
            drawn.add(ROOT + "." + arrow.from());
        }
        Set<String> present = new TreeSet<>();
        CORE.getPackage(ROOT).getSubpackages().forEach(each -> present.add(each.getName()));

        assertThat(present).isEqualTo(drawn);
    }

    @Test
    void should_mark_public_types_with_their_status() {
        classes()
                .that().arePublic()
                .and().areTopLevelClasses()
                .should().beAnnotatedWith(API.class)
                .check(CORE);
    }

    @Test
    void should_mark_every_package_as_free_of_null() {
        assertThat(CORE.getPackage(ROOT).getSubpackagesInTree())
                .isNotEmpty()
                .filteredOn(each -> !each.getClasses().isEmpty())
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
    }

    @Test
    void should_hold_no_mutable_static_state() {
        ArchRule rule = fields()
                .that().areStatic()
                // libvirt itself has one event loop a process, and it cannot be ended.
                .and().areNotDeclaredIn(ROOT + ".hypervisor.EventLoop")
                .should().haveModifier(JavaModifier.FINAL)
                .because("state belongs to an object that somebody made and somebody closes");
        rule.check(CORE);
    }

    @Test
    void should_speak_through_its_return_values() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CORE);
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CORE);
    }

    @Test
    void should_know_no_test_library() {
        noClasses()
                .should().dependOnClassesThat(resideInAnyPackage("org.junit..", "org.assertj.."))
                .check(CORE);
    }
}
