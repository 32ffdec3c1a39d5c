package me.wingu.boma.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A test that leaves no trace: the machine is saved before it and reverted after it, memory and disk, whether it passed or
 * failed. That takes some seconds each, which for many mistakes is less than mending what they break.
 *
 * <pre>{@code
 * @Test
 * @Reverted
 * void aBadRulesetIsTakenBack(Vm vm) { … }
 * }</pre>
 *
 * <p>What is true of a machine after a failed test is collected before it is reverted.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Reverted {}
