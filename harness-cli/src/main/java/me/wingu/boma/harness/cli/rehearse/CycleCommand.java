package me.wingu.boma.harness.cli.rehearse;

import java.util.Arrays;
import java.util.Stack;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.junit.HostTests;
import me.wingu.boma.harness.junit.Keep;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Reuse;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Rehearses a host from the first boot to the last assertion. */
@Command(
        name = "cycle",
        description = "Rehearses a host: up, apply, its tests, reboot, the tests after the reboot, down.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class CycleCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Mixin
    private FastOption fast = new FastOption();

    @Option(
            names = "--keep",
            arity = "0..1",
            paramLabel = "WHEN",
            parameterConsumer = KeepWord.class,
            description = "When the VM is left for inspection: never, on-failure (default), always (--keep alone).")
    private String keep = Keep.ON_FAILURE.word();

    @Option(names = "--json", description = "Print how it ended as JSON, in the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        RehearsalPlan plan = options.plan(Profiles.discover(), host.name());
        HostTests tests = TestRun.find(host.name())
                .with("boma.keep", Keep.of(keep).word())
                .with(fast.reuse() == Reuse.FAST ? "boma.fast" : "boma.fresh", "true")
                .with("boma.acceptRiskR6", String.valueOf(plan.riskR6Accepted()))
                .with("boma.certs", options.certs()) // else each class has its own word
                .with("boma.scenario", options.scenario());
        return new TestRun(tests, json).run();
    }

    /** Takes the next word only when it is one of these, so that {@code --keep askari} names the host. */
    static final class KeepWord implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            boolean told = !words.isEmpty() && Arrays.stream(Keep.values()).anyMatch(keep -> keep.word().equals(words.peek()));
            option.setValue(told ? words.pop() : Keep.ALWAYS.word());
        }
    }
}
