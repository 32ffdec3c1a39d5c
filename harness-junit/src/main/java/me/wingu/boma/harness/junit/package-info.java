/**
 * The JUnit Jupiter extension: {@code @IntegrationVm} and {@code @AfterReboot}.
 */
@NullMarked
package me.wingu.boma.harness.junit;

import org.jspecify.annotations.NullMarked;
