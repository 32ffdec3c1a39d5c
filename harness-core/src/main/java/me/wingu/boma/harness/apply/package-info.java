/**
 * Ansible: the transient inventory and its guard, the run, what changed.
 */
@NullMarked
package me.wingu.boma.harness.apply;

import org.jspecify.annotations.NullMarked;
