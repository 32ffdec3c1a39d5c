/**
 * Whether the operator can still get in, now and after a reboot.
 */
@NullMarked
package me.wingu.boma.harness.state.access;

import org.jspecify.annotations.NullMarked;
