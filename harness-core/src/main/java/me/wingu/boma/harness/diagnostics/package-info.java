/**
 * The run directory, {@code run.json}, the collectors and the report.
 */
@NullMarked
package me.wingu.boma.harness.diagnostics;

import org.jspecify.annotations.NullMarked;
