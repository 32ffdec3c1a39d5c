/**
 * Questions about firewalls: {@code boma-it nft}.
 */
@NullMarked
package me.wingu.boma.harness.cli.nft;

import org.jspecify.annotations.NullMarked;
