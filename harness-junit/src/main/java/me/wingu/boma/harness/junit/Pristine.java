package me.wingu.boma.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A test that finds the machine as it was before the first test of its phase, whatever the tests before it did: memory
 * and disk are returned to what they were after the site was applied, or after the reboot. That takes seconds.
 *
 * <pre>{@code
 * @Test
 * @Pristine
 * void comesBackWhenItsConfigurationIsGone(Vm vm) { … }
 * }</pre>
 *
 * <p>A machine that another command left cannot be returned; there the test fails.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Pristine {}
