package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the script took of the answers of Docker and Podman: a line for each object, and the lines of logs between them. */
final class ContainersReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ContainersReader() {}

    static Containers read(String host, Map<String, String> text) {
        List<Container> containers = new ArrayList<>();
        List<EngineImage> images = new ArrayList<>();
        List<EngineVolume> volumes = new ArrayList<>();
        List<EngineNetwork> networks = new ArrayList<>();
        for (Container.Engine engine : Container.Engine.values()) {
            String lines = text.getOrDefault(engine.name().toLowerCase(Locale.ROOT), "");
            List<String> all = lines.lines().filter(line -> !line.isBlank()).toList();
            objects(all, "").forEach(json -> containers.add(container(engine, json, all)));
            objects(all, "image ").forEach(json -> images.add(image(engine, json)));
            objects(all, "volume ").forEach(json -> volumes.add(volume(engine, json)));
            objects(all, "network ").forEach(json -> networks.add(network(engine, json)));
        }
        return new Containers(host, containers, images, volumes, networks);
    }

    private static Stream<JsonNode> objects(List<String> all, String kind) {
        return all.stream().filter(line -> line.startsWith(kind + "{")).map(line -> json(line.substring(kind.length())));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw new SectionReader.Unreadable("what an engine keeps as JSON", line);
        }
    }

    /** Podman has the names elsewhere, and all but those of networks as Docker. */
    private static EngineImage image(Container.Engine engine, JsonNode json) {
        List<String> tags = Stream.of("RepoTags", "Names")
                .flatMap(key -> json.path(key).valueStream())
                .map(tag -> tag.asString(""))
                .filter(tag -> !tag.equals("<none>:<none>"))
                .distinct()
                .toList();
        return new EngineImage(engine, json.path("Id").asString(""), tags, json.path("Size").asLong(0));
    }

    private static EngineVolume volume(Container.Engine engine, JsonNode json) {
        return new EngineVolume(
                engine, json.path("Name").asString(""), json.path("Driver").asString(""), json.path("Mountpoint").asString(""));
    }

    private static EngineNetwork network(Container.Engine engine, JsonNode json) {
        boolean docker = engine == Container.Engine.DOCKER;
        return new EngineNetwork(
                engine,
                json.path(docker ? "Name" : "name").asString(""),
                json.path(docker ? "Driver" : "driver").asString(""),
                json.path(docker ? "Internal" : "internal").asBoolean(false),
                json.path("subnets").valueStream().map(net -> net.path(docker ? "Subnet" : "subnet").asString("")).toList());
    }

    private static Container container(Container.Engine engine, JsonNode json, List<String> all) {
        JsonNode state = json.path("State");
        JsonNode policy = json.path("RestartPolicy");
        String policyName = policy.path("Name").asString("");
        JsonNode ports = json.path("Ports");
        JsonNode wanted = json.path("PortBindings");
        String status = state.path("Status").asString("");
        String name = json.path("Name").asString("");
        String id = json.path("Id").asString("");
        return new Container(
                engine,
                id,
                name.startsWith("/") ? name.substring(1) : name,
                json.path("ImageName").asString(""),
                json.path("Image").asString(""),
                status,
                state.path("ExitCode").asInt(0),
                state.path("Error").asString(""),
                health(state),
                json.path("RestartCount").asInt(0),
                new RestartPolicy(
                        policyName.isEmpty() ? "no" : policyName,
                        policy.path("MaximumRetryCount").asInt(0)),
                json.path("Privileged").asBoolean(false),
                json.path("User").asString(""),
                ports(ports.isEmpty() && !status.equals("running") ? wanted : ports, wanted),
                mounts(json.path("Mounts")),
                json.path("NetworkMode").asString(""),
                networks(json.path("Networks")),
                all.stream().filter(l -> l.startsWith(id + " ")).map(l -> l.substring(id.length() + 1)).toList());
    }

    private static Optional<Container.Health> health(JsonNode state) {
        JsonNode health = state.path("Health");
        String status = health.path("Status").asString("");
        if (status.isEmpty() || status.equals("none")) {
            return Optional.empty();
        }
        JsonNode log = health.path("Log");
        String last = log.isEmpty() ? "" : log.get(log.size() - 1).path("Output").asString("");
        return Optional.of(
                new Container.Health(status, health.path("FailingStreak").asInt(0), last.strip()));
    }

    /** The bindings that there are, or that the engine is to make, beside what its user wanted. */
    private static List<PublishedPort> ports(JsonNode bindings, JsonNode wanted) {
        List<PublishedPort> ports = new ArrayList<>();
        bindings.properties().forEach(entry -> {
            String[] inner = entry.getKey().split("/", 2);
            for (JsonNode outer : entry.getValue()) {
                String address = outer.path("HostIp").asString("");
                String port = outer.path("HostPort").asString("");
                ports.add(new PublishedPort(
                        address.isEmpty() ? "0.0.0.0" : address,
                        port.matches("\\d+") ? Integer.parseInt(port) : 0, // or a range to choose from: 8000-8010
                        Integer.parseInt(inner[0]),
                        inner.length > 1 ? inner[1] : "tcp",
                        wanted.path(entry.getKey()).valueStream().noneMatch(w -> port.equals(w.path("HostPort").asString("")))));
            }
        });
        return ports;
    }

    private static List<ContainerMount> mounts(JsonNode mounts) {
        List<ContainerMount> list = new ArrayList<>();
        for (JsonNode mount : mounts) {
            String name = mount.path("Name").asString("");
            list.add(new ContainerMount(
                    mount.path("Type").asString(""),
                    name.isEmpty() ? mount.path("Source").asString("") : name,
                    mount.path("Destination").asString(""),
                    mount.path("RW").asBoolean(false)));
        }
        return list;
    }

    private static List<ContainerNetwork> networks(JsonNode networks) {
        List<ContainerNetwork> list = new ArrayList<>();
        networks.properties().forEach(entry -> list.add(new ContainerNetwork(
                entry.getKey(),
                nonEmpty(entry.getValue().path("IPAddress")),
                nonEmpty(entry.getValue().path("GlobalIPv6Address")))));
        return list;
    }

    private static Optional<String> nonEmpty(JsonNode node) {
        return Optional.of(node.asString("")).filter(s -> !s.isEmpty());
    }
}
