package me.wingu.boma.harness.cli.nft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.kernel.KernelCheck;
import me.wingu.boma.harness.nftables.kernel.KernelCheckResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the model with this machine's kernel, packet by packet. */
@Command(
        name = "check-kernel",
        description = "Loads rulesets in network namespaces of their own, sends packets, and compares every rule that "
                + "the kernel matched, and its verdict, with what the model says.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:no disagreement", " 1:the kernel and the model disagree", " 3:this machine cannot check"})
final class CheckKernelCommand extends Question {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Rulesets, as text or as JSON; standard input when left out or -.")
    private List<String> files = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "The same seed makes the same packets.")
    private long seed;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        try (StandardInputFile input = new StandardInputFile(System.in)) {
            List<String> named = files.isEmpty() ? List.of("-") : files;
            List<Path> paths = named.stream()
                    .map(file -> file.equals("-") ? input.path() : Path.of(file))
                    .toList();
            KernelCheckResult result = new KernelCheck(seed).check(paths);
            print(json ? Json.text(numbers(result)) : words(result));
            return result.agrees() ? 0 : 1;
        }
    }

    private static Map<String, Object> numbers(KernelCheckResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rulesets", result.rulesets());
        json.put("notLoadable", result.notLoadable());
        json.put("rules", result.rules());
        json.put("exactRules", result.exactRules());
        json.put("packets", result.packets());
        json.put("disagreements", result.disagreements());
        json.put("unknowns", result.unknowns());
        json.put("skipped", result.skipped());
        json.put("details", result.details());
        return json;
    }

    private static String words(KernelCheckResult result) {
        StringBuilder text = new StringBuilder();
        result.details().forEach(detail -> text.append(detail).append('\n'));
        return text.append(result.rulesets() + " rulesets (" + result.notLoadable() + " more not loadable), "
                        + result.rules() + " rules, " + result.exactRules() + " of them modelled exactly\n"
                        + result.packets() + " packets compared, " + result.skipped() + " skipped, "
                        + result.unknowns() + " left open by the model\n"
                        + result.disagreements() + " disagreements")
                .toString();
    }
}
