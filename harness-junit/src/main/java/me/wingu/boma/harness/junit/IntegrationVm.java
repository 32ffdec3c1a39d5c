package me.wingu.boma.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import me.wingu.boma.harness.profile.CertTier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Rehearses a host for the tests of a class: boots a throwaway virtual machine, applies the host's site to it, runs the
 * ordinary tests, reboots it, proves that it rebooted, and runs the {@link AfterReboot} tests. {@code @Nested} classes
 * share the machine of the class around them.
 *
 * <p>A test method may take a {@link me.wingu.boma.harness.rehearsal.Vm}, its
 * {@link me.wingu.boma.harness.state.HostState}, the {@link me.wingu.boma.harness.state.drift.Drift} over the last reboot,
 * or the {@link me.wingu.boma.harness.rehearsal.Rehearsal} itself; a constructor the first or the last of them, for it
 * runs before the reboot that its test waits for. Tests marked {@link Last} come at the end of their phase.
 *
 * <pre>{@code
 * @IntegrationVm(host = "askari", certs = INTERNAL)
 * class AskariIT {
 *
 *     @AfterReboot
 *     void theProxyIsBack(Vm vm) {
 *         assertThat(vm.containers()).named("reverse-proxy").isRunning();
 *     }
 * }
 * }</pre>
 *
 * <p>Configuration parameters, or system properties: {@code boma.certs} and {@code boma.keep} overrule the annotation,
 * {@code boma.scenario} fills in where it names none, {@code boma.fast} and {@code boma.fresh} say whether to go on from
 * saved guests, {@code boma.unavailable=skip} skips the tests instead of failing
 * them where no libvirt can be had.
 *
 * <p>Classes run one after the other, also under JUnit's parallel execution, unless {@code boma.maxvms} allows several
 * machines: then classes of different hosts run at the same time, as far as memory and processors suffice.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Tag("integration")
@ExtendWith({IntegrationVmExtension.class, TestProgress.class})
@TestMethodOrder(RebootOrder.class)
@ResourceLock(providers = HostLocks.class)
public @interface IntegrationVm {

    /** The host to rehearse: the name of a directory in {@code profiles/}. */
    String host();

    /** Where its certificates come from: one tier; {@code internal} when none is named. */
    CertTier[] certs() default {};

    /** The scenario to rehearse; empty for the host as it should be. */
    String scenario() default "";

    /** When the machine is left for inspection. */
    Keep keep() default Keep.ON_FAILURE;
}
