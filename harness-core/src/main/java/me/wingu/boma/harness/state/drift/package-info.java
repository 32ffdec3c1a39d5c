/**
 * What a host lost, gained or changed between two states.
 */
@NullMarked
package me.wingu.boma.harness.state.drift;

import org.jspecify.annotations.NullMarked;
