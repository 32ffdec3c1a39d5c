package me.wingu.boma.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import me.wingu.boma.harness.rehearsal.RebootKind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.Test;

/**
 * A test that runs after a verified reboot of the class's virtual machine. The machine is rebooted once for all tests of
 * a kind: after the ordinary tests comes the clean reboot with its tests, then the power loss with its own.
 *
 * <p>When the reboot fails, each test that waits for it fails with that reason.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
public @interface AfterReboot {

    /** How the machine goes down before this test. */
    RebootKind value() default RebootKind.CLEAN;
}
