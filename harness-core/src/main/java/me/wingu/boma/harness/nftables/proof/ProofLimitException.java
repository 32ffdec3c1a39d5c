package me.wingu.boma.harness.nftables.proof;

import me.wingu.boma.harness.nftables.NftablesException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A proof was refused because it needs more memory or time than {@link ProofLimits} allow; nothing was decided. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ProofLimitException extends NftablesException {

    private static final long serialVersionUID = 1L;

    ProofLimitException(String limit, long allowed) {
        super(("The proof was refused: it needs more than %,d %s. Nothing was proved and nothing refuted.%n"
                        + "  next: ask about fewer addresses or one interface, or raise the limit (ProofLimits)")
                .formatted(allowed, limit));
    }
}
