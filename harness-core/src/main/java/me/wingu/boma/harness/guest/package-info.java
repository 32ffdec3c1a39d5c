/**
 * One guest over SSH: run, copy, journal.
 */
@NullMarked
package me.wingu.boma.harness.guest;

import org.jspecify.annotations.NullMarked;
