/**
 * What every package of the harness shares: how a failure is told, how a secret is struck out, and how a file is
 * kept from others.
 */
@NullMarked
package me.wingu.boma.harness;

import org.jspecify.annotations.NullMarked;
