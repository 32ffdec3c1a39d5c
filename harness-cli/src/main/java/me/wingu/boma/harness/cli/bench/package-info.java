/**
 * Measurements: {@code boma-it bench}.
 */
@NullMarked
package me.wingu.boma.harness.cli.bench;

import org.jspecify.annotations.NullMarked;
