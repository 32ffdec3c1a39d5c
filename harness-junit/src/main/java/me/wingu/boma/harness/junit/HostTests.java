package me.wingu.boma.harness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of one host from a program: the command does so, and a test that demands that others fail.
 *
 * @param selectors where to look for test classes
 * @param host the host whose tests to run
 * @param parameters configuration parameters, such as {@code boma.scenario}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HostTests(List<DiscoverySelector> selectors, String host, Map<String, String> parameters) {

    /** Copies the collections. */
    public HostTests {
        selectors = List.copyOf(selectors);
        parameters = Map.copyOf(parameters);
    }

    /**
     * Looks in directories of compiled classes.
     *
     * @param roots the directories
     * @param host the host whose tests to run
     */
    public static HostTests in(Set<Path> roots, String host) {
        return new HostTests(List.copyOf(selectClasspathRoots(roots)), host, Map.of());
    }

    /**
     * Takes one class.
     *
     * @param testClass a class with {@link IntegrationVm}
     */
    public static HostTests of(Class<?> testClass) {
        IntegrationVm annotation = AnnotationSupport.findAnnotation(testClass, IntegrationVm.class)
                .orElseThrow(() -> new IllegalArgumentException(testClass + " has no @IntegrationVm"));
        return new HostTests(List.of(selectClass(testClass)), annotation.host(), Map.of());
    }

    /**
     * Returns the same tests with one configuration parameter more.
     *
     * @param key the parameter, such as {@code boma.scenario}
     * @param value its value
     */
    public HostTests with(String key, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(key, value);
        return new HostTests(selectors, host, more);
    }

    /**
     * Returns the same tests with one configuration parameter more, if there is a value.
     *
     * @param key the parameter, such as {@code boma.scenario}
     * @param value its value
     */
    public HostTests with(String key, Optional<String> value) {
        return value.map(v -> with(key, v)).orElse(this);
    }

    /**
     * Runs the tests, in this process and thread.
     *
     * @return how each of them ended
     */
    public HostTestReport run() {
        HostTestReport.Recorder recorder = new HostTestReport.Recorder();
        LauncherFactory.create().execute(request(), recorder);
        return recorder.report();
    }

    /** Returns whether there are none; runs nothing. */
    public boolean isEmpty() {
        return !LauncherFactory.create().discover(request()).containsTests();
    }

    private LauncherDiscoveryRequest request() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters((PostDiscoveryFilter) this::judge)
                .configurationParameters(parameters)
                .build();
    }

    private FilterResult judge(TestDescriptor test) {
        if (test.getChildren().isEmpty()) {
            return FilterResult.includedIf(rehearsed(test).filter(this::fits).isPresent());
        }
        return FilterResult.included("its children decide");
    }

    private boolean fits(IntegrationVm annotation) {
        Optional<String> wanted = Optional.ofNullable(parameters.get("boma.scenario"));
        return annotation.host().equals(host)
                && (annotation.scenario().isEmpty()
                        || wanted.filter(annotation.scenario()::equals).isPresent());
    }

    /** Finds the annotation of the class that a test belongs to, or of a class around it. */
    private static Optional<IntegrationVm> rehearsed(TestDescriptor test) {
        for (Optional<TestDescriptor> t = Optional.of(test); t.isPresent(); t = t.get().getParent()) {
            Optional<IntegrationVm> found =
                    t.get().getSource().flatMap(source -> {
                        if (source instanceof MethodSource method) {
                            return AnnotationSupport.findAnnotation(method.getJavaClass(), IntegrationVm.class);
                        }
                        if (source instanceof ClassSource type) {
                            return AnnotationSupport.findAnnotation(type.getJavaClass(), IntegrationVm.class);
                        }
                        return Optional.empty();
                    });
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
