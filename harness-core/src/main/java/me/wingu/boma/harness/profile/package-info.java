/**
 * Host profiles: what a host is, and how its rehearsal differs from the real one.
 */
@NullMarked
package me.wingu.boma.harness.profile;

import org.jspecify.annotations.NullMarked;
