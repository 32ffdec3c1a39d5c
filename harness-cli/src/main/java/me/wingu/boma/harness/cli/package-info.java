/**
 * The command {@code boma-it}: a thin face on the engine.
 */
@NullMarked
package me.wingu.boma.harness.cli;

import org.jspecify.annotations.NullMarked;
