package me.wingu.boma.harness.cli.nft;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
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
        exitCodeList = {
            " 0:no disagreement",
            " 1:the kernel and the model disagree",
            " 3:this machine cannot check, or could load none of the rulesets"
        })
final class CheckKernelCommand extends Question {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Rulesets, as text or as JSON; standard input when left out or -.")
    private List<String> files = List.of();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "The same seed makes the same packets.")
    private long seed;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        try (StandardInputFile input = new StandardInputFile(System.in)) {
            List<String> named = files.isEmpty() ? List.of("-") : files;
            List<Path> paths = named.stream()
                    .map(file -> file.equals("-") ? input.path() : present(file))
                    .toList();
            KernelCheckResult result = new KernelCheck(seed).check(paths);
            print(json ? Json.text(numbers(result)) : words(result));
            if (result.rulesets() == 0) { // nothing was compared, so nothing agreed
                return HarnessException.Kind.MACHINE.exitStatus();
            }
            return result.agrees() ? 0 : 1;
        }
    }

    private static Path present(String file) {
        Path path = Path.of(file);
        if (!Files.exists(path) || Files.isDirectory(path)) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE, "There is no file " + file + ".", "", "give the files of rulesets");
        }
        return path;
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
