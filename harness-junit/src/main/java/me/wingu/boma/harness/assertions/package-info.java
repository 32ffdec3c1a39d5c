/**
 * AssertJ-style assertions on what a host is and does; enter by {@link BomaAssertions}.
 */
@NullMarked
package me.wingu.boma.harness.assertions;

import org.jspecify.annotations.NullMarked;
