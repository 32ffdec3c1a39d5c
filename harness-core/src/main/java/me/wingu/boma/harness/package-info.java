/**
 * What every package of the harness shares: how a failure is told.
 */
@NullMarked
package me.wingu.boma.harness;

import org.jspecify.annotations.NullMarked;
