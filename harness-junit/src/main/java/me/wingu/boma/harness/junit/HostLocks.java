package me.wingu.boma.harness.junit;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.rehearsal.LabSettings;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Says which classes JUnit may run at the same time: one class a host, whose machine has the host's name, and no two
 * classes at all unless {@code boma.maxvms} allows more machines than one. A test that takes the whole lab for itself
 * locks {@value #LAB}.
 */
final class HostLocks implements ResourceLocksProvider {

    private static final String LAB = "boma-it";

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        ResourceAccessMode lab = LabSettings.ofThisProcess().maxVms() > 1
                ? ResourceAccessMode.READ
                : ResourceAccessMode.READ_WRITE;
        return AnnotationSupport.findAnnotation(testClass, IntegrationVm.class)
                .map(IntegrationVm::host)
                .map(host -> Stream.of(new Lock(LAB, lab), new Lock(LAB + "/" + host)))
                .orElseGet(Stream::empty)
                .collect(Collectors.toSet());
    }
}
