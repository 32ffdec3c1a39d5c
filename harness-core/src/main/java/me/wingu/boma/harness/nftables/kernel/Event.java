package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import me.wingu.boma.harness.nftables.evaluation.Outcome;
import me.wingu.boma.harness.nftables.evaluation.TraceEvent;
import me.wingu.boma.harness.nftables.semantics.Ruling;

/**
 * One step of a packet, in the form that both sides can be brought to.
 *
 * @param chain the chain, as family, table and name
 * @param handle the rule's handle; 0 for a policy, and for a {@code return} whose rule the kernel does not name
 * @param verdict the verdict
 */
record Event(String chain, long handle, String verdict) {

    static List<Event> of(Outcome outcome) {
        List<Event> events = new ArrayList<>();
        for (TraceEvent event : outcome.trace()) {
            String chain = event.chain().toString();
            if (event.rule().isEmpty()) {
                events.add(new Event(chain, 0, "policy " + event.ruling()));
            } else {
                events.add(new Event(chain, event.rule().get().id().handle(), verdict(event.ruling())));
            }
        }
        return List.copyOf(events);
    }

    private static String verdict(Ruling ruling) {
        return ruling.kind() == Ruling.Kind.REJECT ? "drop" : ruling.toString();
    }

    /** Returns the steps that the kernel's lines tell; reaching the end of a chain without a verdict is no step. */
    static List<Event> of(List<TraceLine> lines) {
        List<Event> events = new ArrayList<>();
        for (TraceLine line : lines) {
            switch (line.kind()) {
                case RULE -> events.add(new Event(line.chain(), line.handle(), plain(line.text())));
                case POLICY -> events.add(new Event(line.chain(), 0, "policy " + line.text()));
                case RETURN -> {
                    if (line.text().equals("return")) {
                        events.add(new Event(line.chain(), 0, "return"));
                    }
                }
                case PACKET -> { }
            }
        }
        return List.copyOf(events);
    }

    /** Returns whether the kernel's sequence is this one. */
    static boolean same(List<Event> model, List<Event> kernel) {
        return model.size() == kernel.size()
                && IntStream.range(0, model.size()).allMatch(i -> model.get(i).shows(kernel.get(i)));
    }

    private boolean shows(Event kernel) {
        return equals(kernel) || (kernel.handle == 0 && verdict.equals("return") && equals(new Event(kernel.chain, handle, kernel.verdict)));
    }

    private static String plain(String verdict) {
        String lower = verdict.toLowerCase(Locale.ROOT);
        return lower.startsWith("queue") ? "queue" : verdict;
    }

    @Override
    public String toString() {
        return chain + (handle > 0 ? " handle " + handle : "") + " " + verdict;
    }
}
