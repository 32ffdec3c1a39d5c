/**
 * Waiting for a condition, with a deadline, and no longer than the thing waited for can still happen.
 */
@NullMarked
package me.wingu.boma.harness.waiting;

import org.jspecify.annotations.NullMarked;
