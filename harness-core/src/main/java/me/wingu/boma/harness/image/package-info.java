/**
 * Golden images: fetched and verified, or built from packages; cached.
 */
@NullMarked
package me.wingu.boma.harness.image;

import org.jspecify.annotations.NullMarked;
