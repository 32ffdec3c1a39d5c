/**
 * The state of a host, read at once, and the drift between two states.
 */
@NullMarked
package me.wingu.boma.harness.state;

import org.jspecify.annotations.NullMarked;
