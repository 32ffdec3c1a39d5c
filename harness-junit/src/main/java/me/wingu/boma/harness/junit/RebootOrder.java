package me.wingu.boma.harness.junit;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Ordinary tests first, then those after the clean reboot, then those after the power loss; those marked {@link Last} at
 * the end of each, those that are {@link Reverted} one after another, so that what they find is saved once, and else stable.
 */
final class RebootOrder implements MethodOrderer {

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.comparingInt(RebootOrder::phase)
                        .thenComparing(method -> method.isAnnotated(Last.class))
                        .thenComparing(method -> method.isAnnotated(Reverted.class)));
    }

    private static int phase(MethodDescriptor method) {
        return method.findAnnotation(AfterReboot.class)
                .map(a -> switch (a.value()) {
                    case CLEAN -> 1;
                    case POWER_LOSS -> 2;
                })
                .orElse(0);
    }
}
