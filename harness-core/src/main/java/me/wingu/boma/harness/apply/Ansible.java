package me.wingu.boma.harness.apply;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.Secrets;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.Scenario;
import me.wingu.boma.harness.profile.SourceTree;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import tools.jackson.databind.json.JsonMapper;

/**
 * Applies a host's site to its one machine with {@code ansible-playbook}, and lets it touch no other.
 *
 * <p>The run sees none of the user's Ansible configuration or environment, and of the site's {@code ansible.cfg} only
 * what cannot choose a host.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Ansible {

    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "GNUPGHOME");

    private final Secrets secrets;
    private final TaskRunner runner;
    /** What gives a value may ask its user for a password: once a plan is enough. */
    private final Map<RehearsalPlan, Map<String, Object>> secretVariables = new ConcurrentHashMap<>();

    /**
     * Creates the applier.
     *
     * @param secrets what must not show in any output; the site's own vault variables are added to it
     * @param runner what carries the tasks out
     */
    public Ansible(Secrets secrets, TaskRunner runner) {
        this.secrets = secrets;
        this.runner = runner;
    }

    /** Removes what applications left behind whose process was killed. */
    public static void sweep() {
        Workspace.sweep();
    }

    /**
     * Judges whether the plan's site can be applied at all, without a machine: that is the check to make before one is
     * started for it.
     *
     * @throws HarnessException when the site would touch another host; the message has every file and line. Or when
     *     one of the run's secrets is not to be had
     */
    public void check(RehearsalPlan plan) {
        InventoryGuard.check(plan.profile(), SiteConfig.read(plan.profile().site().directory()));
        secretVariables(plan);
    }

    /**
     * Returns the files and directories that decide what an application does, by what they are; the site's own is called
     * {@code site}. A file that a task reads by an absolute path of its own is not among them.
     */
    public Map<String, Path> sources(RehearsalPlan plan) {
        return SiteSources.of(plan.profile());
    }

    /**
     * Returns the variables that tell a site what is rehearsed; neither secrets nor the way to the machine are among them.
     */
    public static Map<String, Object> variables(RehearsalPlan plan) {
        Map<String, String> vantages = new TreeMap<>();
        plan.profile().vantages().forEach((name, at) -> vantages.put(name, at.toString()));
        return Map.of(
                "boma_host", plan.profile().host(),
                "boma_roles", plan.profile().site().roles(),
                "boma_cert_tier", plan.certs().word(),
                "boma_scenario_name", plan.scenario().map(Scenario::name).orElse(""),
                "boma_vantages", vantages);
    }

    /** Returns what carries the tasks out. */
    public TaskRunner runner() {
        return runner;
    }

    /** Returns why Mitogen could not carry them out; empty when it can. */
    public Optional<String> obstacleToMitogen() {
        return AnsibleInstallation.find().obstacleToMitogen();
    }

    /** Returns the version of ansible-core and of what belongs to it; {@code none} when there is none. */
    public String version() {
        return AnsibleInstallation.find().version(runner);
    }

    /**
     * Returns a digest of the values of the plan's secrets, of which nobody learns anything without the key.
     *
     * @param key the key, which never leaves this machine
     * @throws HarnessException when one of them is not to be had
     */
    public String secretsDigest(RehearsalPlan plan, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            byte[] values = JsonMapper.shared()
                    .writeValueAsString(secretVariables(plan))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(values));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC with SHA-256", e);
        }
    }

    private Map<String, Object> secretVariables(RehearsalPlan plan) {
        return secretVariables.computeIfAbsent(plan, p -> new SecretValues(p, secrets).variables());
    }

    /**
     * Applies the plan's site; blocks until it is done.
     *
     * @param plan the host, its cert tier and its scenario
     * @param target the machine
     * @param options which tasks, and whether to prove convergence
     * @param log the file that the output is appended to
     * @param lines is given each line of the output as it comes, on another thread
     * @return what was done
     * @throws HarnessException when the playbook is refused (see {@link #check}), fails (the message has the failed task
     *     and the last lines), takes too long, has no play for the host, or changes something again the second time
     *     (the message names those tasks)
     */
    public ApplyReport apply(
            RehearsalPlan plan, SshEndpoint target, ApplyOptions options, Path log, Consumer<String> lines) {
        SiteConfig config = SiteConfig.read(plan.profile().site().directory());
        InventoryGuard.check(plan.profile(), config);
        try (Workspace workspace = Workspace.create();
                Output output = new Output(workspace.path("secrets"), secrets, log, lines);
                SshRelay relay = SshRelay.open(workspace.path("vm.sock"), target)) {
            new AnsibleFiles(plan, target, workspace, relay).write(config, secretVariables(plan));
            ApplyReport first = once(plan, options, workspace, output);
            return options.converge() ? again(first, once(plan, options, workspace, output)) : first;
        }
    }

    private ApplyReport once(RehearsalPlan plan, ApplyOptions options, Workspace workspace, Output output) {
        workspace.write("events", "");
        long start = System.nanoTime();
        int status = new StreamedProcess(
                        Confinement.confined(command(plan, options, workspace)),
                        environment(plan, workspace),
                        plan.profile().site().directory().toFile())
                .run(options.deadline(), output);
        Events events = Events.read(workspace.path("events"), secrets);
        events.refusal().ifPresent(refusal -> {
            throw InventoryGuard.refusal(plan.profile().host(), refusal);
        });
        ApplyReport report = new ApplyReport(events.tasks(), Duration.ofNanos(System.nanoTime() - start), false);
        if (status != 0) {
            throw failure(plan, status, report, output.last());
        }
        if (report.tasks().isEmpty()) {
            throw new HarnessException(
                    Kind.USAGE,
                    "The playbook did nothing: it has no task for host " + plan.profile().host() + ".",
                    String.join("\n", output.last()),
                    "see \"hosts:\" in " + plan.profile().site().playbook() + ", and \"groups\" and \"roles\" in "
                            + plan.profile().directory().resolve("profile.json"));
        }
        return report;
    }

    private static ApplyReport again(ApplyReport first, ApplyReport second) {
        if (!second.changed().isEmpty()) {
            throw new HarnessException(
                    Kind.STEP,
                    "Applying the playbook a second time changed " + second.changed().size() + " task(s) again.",
                    second.changed().stream().map(TaskRun::shown).collect(Collectors.joining("\n")),
                    "let each of them change the host only when something is to be done");
        }
        return new ApplyReport(first.tasks(), first.took().plus(second.took()), true);
    }

    private static List<String> command(RehearsalPlan plan, ApplyOptions options, Workspace workspace) {
        List<String> command = new ArrayList<>(List.of(
                "ansible-playbook", "--inventory", workspace.path("inventory.json").toString(),
                "--limit", plan.profile().host()));
        Stream.of(
                        Optional.of(plan.profile().overlay()),
                        plan.scenario().map(Scenario::file),
                        Optional.of(workspace.path("variables.json")))
                .flatMap(Optional::stream)
                .filter(Ansible::hasVariables)
                .forEach(file -> command.addAll(List.of("--extra-vars", "@" + file)));
        if (!options.tags().isEmpty()) {
            command.addAll(List.of("--tags", String.join(",", options.tags())));
        }
        command.add(plan.profile().site().playbook().toString());
        return command;
    }

    /** A file of comments only is a fine overlay, but Ansible refuses it. */
    private static boolean hasVariables(Path file) {
        return SourceTree.yaml(file).stream().anyMatch(document -> !document.members().isEmpty());
    }

    private Map<String, String> environment(RehearsalPlan plan, Workspace workspace) {
        Map<String, String> environment = new TreeMap<>();
        INHERITED.forEach(name -> Optional.ofNullable(System.getenv(name))
                .ifPresent(value -> environment.put(name, value)));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("PYTHONUNBUFFERED", "1");
        environment.put("TMPDIR", workspace.path("tmp").toString()); // what is left there goes with the workspace
        environment.put("ANSIBLE_CONFIG", workspace.path("ansible.cfg").toString());
        environment.put("BOMA_HOST", plan.profile().host());
        environment.put("BOMA_TASK_RUNNER", runner.word());
        environment.put("BOMA_EVENTS", workspace.path("events").toString());
        environment.put("BOMA_SECRETS", workspace.path("secrets").toString());
        return environment;
    }

    private HarnessException failure(
            RehearsalPlan plan, int status, ApplyReport report, List<String> lastLines) {
        Optional<TaskRun> failed = Stream.concat(
                        report.tasks(TaskRun.Status.FAILED).stream(),
                        report.tasks(TaskRun.Status.UNREACHABLE).stream())
                .reduce((earlier, later) -> later);
        return new HarnessException(
                Kind.STEP,
                "Applying " + plan.profile().site().playbook() + " to " + plan.profile().host() + " failed"
                        + failed.map(task -> " in task \"" + task.name() + "\"").orElse("") + ".",
                failed.map(task -> task.path() + ": " + task.message() + "\n").orElse("")
                        + "ansible-playbook ended with status " + status + "; its last lines:\n"
                        + String.join("\n", lastLines),
                (failed.isPresent() ? "correct the task and apply again" : "correct what the last lines say")
                        + (runner == TaskRunner.MITOGEN
                                ? "; BOMA_ANSIBLE=plain has Ansible carry it out without Mitogen, should that be the cause"
                                : ""));
    }
}
